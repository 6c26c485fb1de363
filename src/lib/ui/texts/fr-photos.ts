// Photos, in French: taking them, and what can be wrong with a camera.

export const FR_PHOTOS: Readonly<Record<string, string>> = {
  'prompt.photo': 'Prenez une photo',
  'prompt.hint.photo': 'OK la prend',
  'fact.photo': 'Photo',
  'action.photo-take': 'Prendre la photo',
  'action.photo-keep': 'OK, la garder',
  'action.photo-more': 'Encore une',
  'action.photo-again': 'Reprendre',
  'photo.count': '{count} sur {max}',
  'photo.starting': 'La caméra démarre …',
  'photo.try-again': 'Réessayer la caméra',
  'photo.choose': 'Choisir une image',
  'photo.of': 'Photo {nth}',
  'photo.waiting': '{count} {count:photo|photos} en route',
  'photo.hub-full': 'Le hub n’a plus de place pour les photos',
  'fault.step.no-photo': 'Pas encore de photo',
  'fault.step.no-photo.why': 'OK continue dès qu’il y en a une.',
  'fault.step.photo-twice': 'C’est la même image',
  'fault.step.photo-twice.why': 'Elle est déjà gardée. Prenez-en une autre, ou continuez avec OK.',
  'fault.step.photos-full': 'Pas plus de photos ici',
  'fault.step.photos-full.why': '{max} au plus. RETOUR reprend la dernière ; OK continue.',
  'fault.station.photos-full': 'Trop de photos sur ce poste',
  'fault.station.photos-full.why':
    '{count} attendent le hub. Le travail sans photo continue, celui-ci dès que le hub les a.',
  'fault.station.photo-refused': 'Le hub n’accepte pas une photo',
  'fault.station.photo-refused.why':
    'Elle est mise de côté sur ce poste, pour la personne qui s’en occupe. La marchandise est enregistrée.',
  'fault.photo.no-camera': 'Aucune caméra trouvée',
  'fault.photo.no-camera.why':
    'Branchez-en une ; elle démarre toute seule. Ou choisissez une image prise autrement.',
  'fault.photo.denied': 'La caméra n’est pas autorisée',
  'fault.photo.denied.why':
    'Quelqu’un doit l’autoriser pour cette page dans les réglages du navigateur. On peut choisir une image en attendant.',
  'fault.photo.busy': 'La caméra est occupée',
  'fault.photo.busy.why': 'Un autre programme ou onglet l’utilise. Fermez-le, puis réessayez.',
  'fault.photo.lost': 'La caméra n’est plus là',
  'fault.photo.lost.why':
    'Elle a été débranchée ou éteinte. Branchez-la ; elle redémarre toute seule.',
  'fault.photo.no-picture': 'Ce n’est pas une image',
  'fault.photo.no-picture.why':
    'Le fichier ne peut pas être montré. Choisissez-en un autre, ou utilisez la caméra.',
  'fault.photo.too-large': 'L’image est trop grande',
  'fault.photo.too-large.why':
    'Elle ne peut pas être assez réduite. Reprenez-la avec moins de choses, ou de plus loin.',
};
