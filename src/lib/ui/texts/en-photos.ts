// Photos, in English: taking them, and what can be wrong with a camera.

export const EN_PHOTOS = {
  'prompt.photo': 'Take a photo',
  'prompt.hint.photo': 'OK takes it',
  'fact.photo': 'Photo',
  'action.photo-take': 'Take the photo',
  'action.photo-keep': 'OK, keep it',
  'action.photo-more': 'One more',
  'action.photo-again': 'Take it again',
  'photo.count': '{count} of {max}',
  'photo.starting': 'The camera is starting …',
  'photo.try-again': 'Try the camera again',
  'photo.choose': 'Choose a picture',
  'photo.of': 'Photo {nth}',
  'photo.waiting': '{count} {count:photo|photos} on the way',
  'photo.hub-full': 'The hub has no room for photos',
  'fault.step.no-photo': 'No photo was taken yet',
  'fault.step.no-photo.why': 'OK goes on once there is one.',
  'fault.step.photo-twice': 'That is the same picture',
  'fault.step.photo-twice.why': 'It is kept already. Take another one, or go on with OK.',
  'fault.step.photos-full': 'No more photos here',
  'fault.step.photos-full.why': '{max} at most. BACK takes the last one again; OK goes on.',
  'fault.station.photos-full': 'Too many photos on this station',
  'fault.station.photos-full.why':
    '{count} wait for the hub. Work goes on where no photo is asked, and here when the hub has them.',
  'fault.station.photo-refused': 'The hub does not take a photo',
  'fault.station.photo-refused.why':
    'It is kept apart at this station, for whoever looks after it. The goods are booked.',
  'fault.photo.no-camera': 'No camera found',
  'fault.photo.no-camera.why':
    'Plug one in; it starts by itself. Or choose a picture that was taken with something else.',
  'fault.photo.denied': 'The camera is not allowed',
  'fault.photo.denied.why':
    'Somebody must allow it for this page in the browser’s settings. A picture can be chosen meanwhile.',
  'fault.photo.busy': 'The camera is in use',
  'fault.photo.busy.why': 'Another program or tab has it. Close that, then try again.',
  'fault.photo.lost': 'The camera is gone',
  'fault.photo.lost.why': 'It was unplugged or switched off. Plug it in; it starts by itself.',
  'fault.photo.no-picture': 'That is not a picture',
  'fault.photo.no-picture.why': 'The file can’t be shown. Choose another one, or use the camera.',
  'fault.photo.too-large': 'The picture is too large',
  'fault.photo.too-large.why':
    'It can’t be made small enough. Take it again with less in it, or from farther away.',
} as const;
