// Photos, in German: taking them, and what can be wrong with a camera.

export const DE_PHOTOS: Readonly<Record<string, string>> = {
  'prompt.photo': 'Foto aufnehmen',
  'prompt.hint.photo': 'OK nimmt es auf',
  'fact.photo': 'Foto',
  'action.photo-take': 'Foto aufnehmen',
  'action.photo-keep': 'OK, behalten',
  'action.photo-more': 'Noch eines',
  'action.photo-again': 'Noch einmal',
  'photo.count': '{count} von {max}',
  'photo.starting': 'Die Kamera startet …',
  'photo.try-again': 'Kamera erneut versuchen',
  'photo.choose': 'Bild wählen',
  'photo.of': 'Foto {nth}',
  'photo.waiting': '{count} {count:Foto|Fotos} unterwegs',
  'photo.hub-full': 'Der Hub hat keinen Platz für Fotos',
  'fault.step.no-photo': 'Noch kein Foto',
  'fault.step.no-photo.why': 'Mit OK geht es weiter, sobald eines da ist.',
  'fault.step.photo-twice': 'Das ist dasselbe Bild',
  'fault.step.photo-twice.why': 'Es ist schon behalten. Ein anderes aufnehmen oder mit OK weiter.',
  'fault.step.photos-full': 'Mehr Fotos gehen hier nicht',
  'fault.step.photos-full.why':
    'Höchstens {max}. ZURÜCK nimmt das letzte noch einmal auf; mit OK geht es weiter.',
  'fault.station.photos-full': 'Zu viele Fotos an dieser Station',
  'fault.station.photos-full.why':
    '{count} warten auf den Hub. Arbeit ohne Foto geht weiter, diese hier, sobald der Hub sie hat.',
  'fault.station.photo-refused': 'Der Hub nimmt ein Foto nicht an',
  'fault.station.photo-refused.why':
    'Es liegt an dieser Station beiseite, für die zuständige Person. Die Ware ist gebucht.',
  'fault.photo.no-camera': 'Keine Kamera gefunden',
  'fault.photo.no-camera.why':
    'Eine anschließen; sie startet von selbst. Oder ein Bild wählen, das mit etwas anderem aufgenommen wurde.',
  'fault.photo.denied': 'Die Kamera ist nicht erlaubt',
  'fault.photo.denied.why':
    'Jemand muss sie für diese Seite in den Einstellungen des Browsers erlauben. Ein Bild kann solange gewählt werden.',
  'fault.photo.busy': 'Die Kamera ist belegt',
  'fault.photo.busy.why':
    'Ein anderes Programm oder ein anderer Tab hat sie. Das schließen, dann erneut versuchen.',
  'fault.photo.lost': 'Die Kamera ist weg',
  'fault.photo.lost.why':
    'Sie wurde abgezogen oder ausgeschaltet. Anschließen; sie startet von selbst.',
  'fault.photo.no-picture': 'Das ist kein Bild',
  'fault.photo.no-picture.why':
    'Die Datei kann nicht gezeigt werden. Eine andere wählen oder die Kamera benutzen.',
  'fault.photo.too-large': 'Das Bild ist zu groß',
  'fault.photo.too-large.why':
    'Es lässt sich nicht klein genug machen. Noch einmal mit weniger darauf oder von weiter weg aufnehmen.',
};
