### Words of the office: documents that go out and come in, books.

office-direction-in = Incoming
office-direction-out = Outgoing
office-urgency-usual = Usual
office-urgency-urgent = Urgent
office-urgency-very-urgent = Very urgent
office-urgency-express = Express
office-urgency-express-at-time = Express at a set time
office-number-reserved = Reserved
office-number-used = Given
office-number-void = Voided
office-to-outgoing = To outgoing documents

office-refused = This could not be done
office-refusal-nothing = Not found.
office-refusal-no-book = The agency's plan of books has none for this type of document. Ask the unit's administrator to add one.
office-refusal-book-locked = The book is locked: no number of it can be given, reserved or voided. Unlock it or use another book.
office-refusal-book-of-another-year = This book belongs to another year. Use the book of the document's year.
office-refusal-book-begun = The book has numbers already: where it begins can no longer be changed.
office-refusal-number-backwards = Days must follow the order of the book: not before the day of the number before, not after that of the next. Choose another day.
office-refusal-number-unknown = The book has not given this number. Choose one that is in it.
office-refusal-number-not-reserved = This number is no longer reserved. Choose another, or give the next number.
office-refusal-number-void = This number was voided before.
office-refusal-reserved-too-many = Reserve between 1 and { $limit } numbers at once.
office-refusal-reason-missing = No reason was given
office-refusal-changed-meanwhile = Somebody has just changed this document. Reload the page, look at the change, then go on.
office-refusal-file = The file could not be kept. Try again in a few minutes.
office-refusal-store = The system is busy. Try again in a few minutes.
