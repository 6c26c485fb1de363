// Photos, in Dutch: taking them, and what can be wrong with a camera.

export const NL_PHOTOS: Readonly<Record<string, string>> = {
  'prompt.photo': 'Maak een foto',
  'prompt.hint.photo': 'OK maakt hem',
  'fact.photo': 'Foto',
  'action.photo-take': 'Maak de foto',
  'action.photo-keep': 'OK, bewaren',
  'action.photo-more': 'Nog een',
  'action.photo-again': 'Opnieuw maken',
  'photo.count': '{count} van {max}',
  'photo.starting': 'De camera start …',
  'photo.try-again': 'Camera opnieuw proberen',
  'photo.choose': 'Kies een afbeelding',
  'photo.of': 'Foto {nth}',
  'photo.waiting': '{count} {count:foto|foto’s} onderweg',
  'photo.hub-full': 'De hub heeft geen ruimte voor foto’s',
  'fault.step.no-photo': 'Er is nog geen foto',
  'fault.step.no-photo.why': 'Met OK gaat het verder zodra er een is.',
  'fault.step.photo-twice': 'Dat is dezelfde foto',
  'fault.step.photo-twice.why': 'Hij is al bewaard. Maak een andere, of ga verder met OK.',
  'fault.step.photos-full': 'Hier passen geen foto’s meer bij',
  'fault.step.photos-full.why':
    'Hooguit {max}. Met TERUG maak je de laatste opnieuw; OK gaat verder.',
  'fault.station.photos-full': 'Te veel foto’s op dit station',
  'fault.station.photos-full.why':
    '{count} wachten op de hub. Werk zonder foto gaat door, en hier zodra de hub ze heeft.',
  'fault.station.photo-refused': 'De hub neemt een foto niet aan',
  'fault.station.photo-refused.why':
    'Hij is op dit station apart gelegd voor de beheerder. De goederen zijn geboekt.',
  'fault.photo.no-camera': 'Geen camera gevonden',
  'fault.photo.no-camera.why':
    'Sluit er een aan; hij start vanzelf. Of kies een afbeelding die met iets anders is gemaakt.',
  'fault.photo.denied': 'De camera is niet toegestaan',
  'fault.photo.denied.why':
    'Iemand moet hem voor deze pagina toestaan in de instellingen van de browser. Een afbeelding kiezen kan intussen wel.',
  'fault.photo.busy': 'De camera is in gebruik',
  'fault.photo.busy.why': 'Een ander programma of tabblad heeft hem. Sluit dat en probeer opnieuw.',
  'fault.photo.lost': 'De camera is weg',
  'fault.photo.lost.why': 'Hij is losgetrokken of uitgezet. Sluit hem aan; hij start vanzelf.',
  'fault.photo.no-picture': 'Dat is geen afbeelding',
  'fault.photo.no-picture.why':
    'Het bestand kan niet worden getoond. Kies een ander, of gebruik de camera.',
  'fault.photo.too-large': 'De afbeelding is te groot',
  'fault.photo.too-large.why':
    'Hij kan niet klein genoeg worden gemaakt. Maak hem opnieuw met minder erop, of van verder weg.',
};
