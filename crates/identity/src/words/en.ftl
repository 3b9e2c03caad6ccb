### Words of identity: accounts, signing in, roles, acting for others.

identity-continue = Continue
identity-to-sign-in = Go to sign in
identity-to-delegations = Go to acting for others

## Signing in

identity-sign-in = Sign in
identity-sign-in-button = Sign in
identity-sign-in-login = Personal number or user name
identity-sign-in-login-hint = Citizens use the 12 digits on the identity card. Officers use the user name given by their unit’s administrator.
identity-sign-in-login-missing = Enter a personal number or a user name
identity-sign-in-password-missing = Enter the password
identity-sign-in-forgotten = Forgotten password
identity-sign-in-register = No account yet: register
identity-second = Enter the code from the app
identity-second-hint = Open the authenticator app on the phone and enter the 6 digits it shows. They change every 30 seconds.
identity-second-recovery = The app is not at hand: use a recovery code
identity-second-start-again = Sign in with another account
identity-recovery = Enter a recovery code
identity-recovery-hint = One of the ten codes kept when the app was set up, such as K7QM-2X9P-4TRB-8WNE. Each opens once.
identity-recovery-app = Use the code from the app
identity-enrol-lead = Hello { $name }. An officer’s account needs an authenticator app before work can begin. It is set up once and takes about two minutes.

identity-refusal-not-recognised = The name or the password is wrong. Check both and enter them again; if forgotten, choose “Forgotten password”.
identity-refusal-waiting = There were many wrong attempts, so there is a wait. Try again from { $until }.
identity-refusal-disabled = The account is switched off. Officers ask their unit’s administrator; citizens bring the identity card to the one-stop shop.
identity-refusal-code-wrong = The code is wrong. Look at it again and re-enter it.
identity-refusal-no-app = This account has no authenticator app yet. Open “Account”, add one and try again.
identity-refusal-code-spent = The code has expired or was tried too often. Ask for a new one.
identity-refusal-password-wrong = The present password is wrong
identity-refusal-username-taken = This user name is taken. Choose another.
identity-refusal-role-beyond-reach = This role is not yours to give. Ask the administrator above.
identity-refusal-beyond-reach = This officer also serves outside your part of the tree. Ask the administrator above.
identity-refusal-own-account = Nobody changes their own account here. Ask another administrator.
identity-refusal-dates-reversed = The last day must be after the first and not be past
identity-refusal-role-held-already = This officer holds that role in this unit already
identity-refusal-delegation-over = This representation has ended or is not there
identity-refusal-delegation-to-oneself = No declaration is needed to act for oneself
identity-refusal-of-age = This person is 18 or older and acts alone, or gives a mandate
identity-refusal-declared-already = Already declared; see the list
identity-refusal-holder-not-checked = The identity card of the person who declared this has not been checked. Check the card first, then confirm.

identity-passage-over = The time for this is over
identity-passage-over-detail = For safety, each attempt stays open only for a short time. Start again from the beginning.
identity-link-over = The link is no longer good
identity-link-over-detail = It was used, has expired or was replaced. Ask your unit’s administrator for a new one.
identity-delegation-over = The representation has ended
identity-delegation-over-detail = It is no longer possible to act for this person or organisation.
identity-not-proved = Not confirmed
identity-not-proved-detail = Sign in or enter the password again and retry.
identity-not-possible = This cannot be done
identity-not-possible-detail = It is against the rules or does not fit how things stand. Open the page again to see the latest.

## Passwords

identity-password = Password
identity-password-present = Present password
identity-password-new = New password
identity-password-chosen = Set
identity-password-choose = Choose a password
identity-password-advice = Best is a phrase that is easy for you and hard for others to guess, such as a few unrelated words. Spaces and accents are welcome, and so is pasting from a password manager.
identity-password-hint = At least { $least } characters
identity-password-save = Save password
identity-password-change = Change password
identity-password-change-lead = Other browsers that are signed in will be signed out.
identity-password-missing = Enter a new password
identity-password-short = The password must have at least { $least } characters. One or two more words will do.
identity-password-long = The password is longer than { $most } characters. Shorten it a little.
identity-password-common = This is one of the passwords that are guessed first. Add a few unrelated words.
identity-password-row = This is only a row of keys, a repetition or a date. Add a few words.
identity-password-own = This is too close to the name, personal number, phone number or e-mail address. Choose other words.
identity-forgotten = Forgotten password
identity-forgotten-lead = Enter the personal number. If it has an account, a code of 6 digits is sent to the confirmed phone number or e-mail address.
identity-forgotten-officer = Officers: ask your unit’s administrator for a link to set a new password.
identity-forgotten-code = Enter the code just sent
identity-forgotten-code-lead = If the personal number has an account, the code was sent to the confirmed phone number or e-mail address. It is good for 10 minutes.
identity-forgotten-code-hint = 6 digits. The message may take a minute or two.
identity-forgotten-again = No code arrived: start again

## Registering

identity-register = Register an account
identity-register-lead = The account is for sending applications, following them and keeping electronic documents.
identity-register-needed = Needed: the personal number (12 digits on the identity card) and a phone number or e-mail address in use.
identity-register-time = It takes about 5 minutes and is free.
identity-register-young = Under the age of { $age } nobody opens an account alone: a parent or guardian acts from their own account.
identity-register-begin = Start
identity-register-have = Already registered: sign in
identity-register-person = Name and date of birth
identity-number = Personal number
identity-number-hint = 12 digits on the identity card, such as 079 088 012 341
identity-number-missing = Enter the personal number
identity-number-not-digits = The personal number has only digits. Remove letters and signs.
identity-number-old-card = These are the 9 digits of an old identity card, no longer in use. Enter the 12 digits of the new card.
identity-number-length = The personal number has 12 digits; this has { $digits }
identity-number-province = The first three digits “{ $code }” are the code of no province. Check the card.
identity-number-century = The fourth digit “{ $digit }” belongs to nobody born so far. Check the card.
identity-name = Full name
identity-name-hint = In full, with accents, as on the identity card
identity-name-missing = Enter the full name
identity-name-short = Enter the name in full
identity-name-long = The name is longer than 120 letters
identity-name-signs = A name has only letters. Remove digits and signs.
identity-birth-date = Date of birth
identity-birth-date-hint = For example 31 3 1988
identity-birth-date-missing = Enter the date of birth
identity-birth-date-to-come = The date of birth must be in the past
identity-birth-date-long-ago = The year of birth must be 1900 or later
identity-birth-date-other-year = The year of birth does not fit the personal number. Check both on the card.
identity-birth-date-young = Under the age of { $age } nobody opens an account alone. A parent or guardian signs in and chooses “Act for a child or a person in care”.
identity-date-no-day = Enter the day
identity-date-no-month = Enter the month
identity-date-no-year = Enter the year
identity-date-no-such-day = There is no such day in the calendar. Enter day, month and all four digits of the year.
identity-contact = Where should the code go?
identity-contact-hint = Notices about applications go there too. It can be changed later.
identity-contact-short = Where notices go
identity-contact-phone = Text message
identity-contact-email = E-mail
identity-contact-missing = Choose text message or e-mail
identity-contact-change = Change phone number or e-mail address
identity-contact-change-lead = A code of 6 digits is sent to the new place. The old one is told as well.
identity-phone = Phone number
identity-phone-hint = A mobile number in Vietnam, such as 0912 345 678
identity-phone-missing = Enter a phone number
identity-phone-not-digits = A phone number has only digits. Remove letters.
identity-phone-length = A mobile number has 10 digits; this has { $digits }
identity-phone-prefix = No mobile network uses this beginning. Check the number.
identity-phone-eleven-digits = Numbers of 11 digits were exchanged in 2018. The new one is { $today }.
identity-phone-foreign = Messages reach only numbers in Vietnam. Use an e-mail address instead.
identity-phone-land-line = This is a land line and receives no messages. Enter a mobile number or use e-mail.
identity-email = E-mail
identity-email-missing = Enter an e-mail address
identity-email-at = An address has exactly one @, as in lan@example.vn
identity-email-letters = An address has no spaces and no accents
identity-email-domain = After the @ there must be a domain such as example.vn
identity-email-local = The part before the @ is not right. Check the address.
identity-email-long = The address is longer than 254 characters
identity-send-code = Send code
identity-code = Code
identity-code-hint = 6 digits
identity-code-enter = Enter the code
identity-code-sent = The code was sent to { $contact } and is good for 10 minutes.
identity-code-again = It did not arrive: send again or change the place
identity-check = Check the answers
identity-check-lead = Look them over before the account is opened.
identity-check-privacy = These data are used only to know who applies and to send notices.
identity-check-privacy-link = Privacy
identity-check-button = Open the account
identity-registered = Registration received
identity-registered-lead = A message is on its way to the phone number or e-mail address just confirmed.
identity-registered-next = What happens next
identity-registered-good = Sign in with the personal number and the new password.
identity-registered-bad = If that does not work: reset the password, as there may be an account from before; or bring the identity card to the one-stop shop.

## Account

identity-account = Account
identity-account-acting = Acting for { $principal }.
identity-account-acting-over = Acting for { $principal } has ended. Choose again before going on.
identity-account-acting-change = Change
identity-account-roles = Roles
identity-account-no-roles = No role at present.
identity-account-delegations = Apply for a child, for an enterprise, or for whoever gave a mandate.
identity-account-delegations-link = Acting for others
identity-account-security = Security
identity-assurance = Assurance
identity-assurance-declared = As declared
identity-assurance-checked = Checked against papers
identity-prove = Enter the password again
identity-prove-lead = The next step affects the safety of the account, so it is confirmed once more.
identity-language = Language
identity-language-hint = For pages, text messages and e-mail.
identity-language-save = Save
identity-sessions = Where you are signed in
identity-sessions-lead = If one is unknown: end it and change the password.
identity-sessions-browser = Browser
identity-sessions-unknown = Unknown
identity-sessions-begun = Signed in
identity-sessions-last = Last used
identity-sessions-here = This one
identity-sessions-end = End
identity-sessions-end-others = End all others

## Authenticator app

identity-app = Authenticator app
identity-app-on = In use
identity-app-off = Not in use
identity-app-lead = Signing in will ask for 6 digits from the app as well, so that knowing the password is not enough.
identity-app-step-install = Install an authenticator app on the phone, such as Google Authenticator, Microsoft Authenticator or FreeOTP.
identity-app-step-scan = In the app, choose to add an account and scan the picture below.
identity-app-step-code = Enter the 6 digits the app shows.
identity-app-qr = Picture that holds the key, to be scanned with the authenticator app
identity-app-no-camera = The picture cannot be scanned
identity-app-key = Enter this key in the app and choose “time-based”:
identity-app-open = Open with an app on this device
identity-app-code = Code from the app
identity-app-code-hint = 6 digits
identity-app-button = Confirm
identity-app-remove = Remove the authenticator app
identity-app-remove-lead = Without it the password alone is enough to sign in. The recovery codes end as well.
identity-app-remove-button = Remove the app
identity-codes = Recovery codes
identity-codes-lead = Print or copy these ten codes and keep them in a safe place. This page is shown once.
identity-codes-use = When the phone is lost, each of them stands in for the app once.
identity-codes-keep = Give them to nobody, not even to officers who help.
identity-codes-kept = Kept, continue
identity-codes-left =
    { $count ->
        [0] All used: make new ones
        [one] { $count } code left
       *[other] { $count } codes left
    }
identity-codes-renew = Make new recovery codes
identity-codes-renew-lead = Ten new codes take the place of all old ones.
identity-codes-renew-button = Make new codes

## Acting for others

identity-delegations = Acting for others
identity-delegations-lead = Whoever is signed in can deal with matters of someone else. Every such act is recorded.
identity-delegations-held = You may act for
identity-delegations-none = Nobody yet.
identity-delegations-choose = Act for them
identity-delegations-for-oneself = Act for yourself again
identity-delegations-end = End
identity-delegations-given = Mandates you gave
identity-delegations-given-none = None yet.
identity-delegations-waiting = Waiting for the code to be entered
identity-delegation-about = For { $principal }. { $scope }
identity-dates = from { $from } to { $to }
identity-dates-open = from { $from }
identity-ground-parent = Parent
identity-ground-guardian = Guardian
identity-ground-representative = Legal representative
identity-ground-authorised = Mandate
identity-scope-act = Apply, supplement, withdraw, pay and receive results
identity-scope-follow = Only see where applications stand
identity-proof-declared = Declared; an officer will look at the papers
identity-proof-checked = Papers seen
identity-proof-granted = Given in person
identity-declared-lead = Once declared, it can be used to prepare and send applications. The receiving officer looks at the papers that prove it. A false declaration is punishable.
identity-declare-button = Declare and save
identity-ward = Act for a child or a person in care
identity-ward-lead = For parents of children under 18 and for guardians.
identity-ward-ground = Relation
identity-ward-ground-missing = Choose the relation
identity-ward-parent = Father or mother
identity-ward-guardian = Guardian
identity-ward-name = Full name of the child or person in care
identity-ward-number = Personal number of the child or person in care
identity-ward-number-hint = 12 digits, on the birth certificate or identity card
identity-enterprise = Act for an enterprise, cooperative or business household
identity-enterprise-lead = For legal representatives and owners of business households. Once an officer has seen the registration, mandates can be given to staff.
identity-enterprise-name = Name of the enterprise, cooperative or business household
identity-enterprise-name-hint = As on the registration certificate
identity-enterprise-name-missing = Enter the name
identity-enterprise-name-long = The name is longer than 250 letters
identity-tax-code = Tax code
identity-tax-code-hint = 10 digits, or 10 and 3 digits of a dependent unit; business households use the personal number
identity-tax-code-missing = Enter the number
identity-tax-code-not-digits = The code has only digits and the hyphen of a dependent unit
identity-tax-code-length = A tax code has 10 or 13 digits, a personal number 12; this has { $digits }
identity-tax-code-check-digit = The tax code is wrong: its tenth digit does not fit the nine before. Check the registration certificate.
identity-tax-code-branch = The last three digits of a dependent unit run from 001 to 999
identity-grant = Give a mandate
identity-grant-lead = Saving shows a code. Hand it to the person who shall act; they sign in to their own account and enter it.
identity-grant-for = For whom?
identity-grant-for-me = For myself
identity-grant-for-missing = Choose for whom
identity-grant-scope = What may they do?
identity-grant-scope-missing = Choose what they may do
identity-grant-from = From
identity-grant-to = Last day
identity-grant-date-missing = Enter the date
identity-grant-button = Save and get the code
identity-given = Code for the mandate
identity-given-lead = Hand this code to the right person. This page is shown once.
identity-given-days =
    { $days ->
        [one] The code is good for { $days } day. You are told when it is taken up, and can end it at any time.
       *[other] The code is good for { $days } days. You are told when it is taken up, and can end it at any time.
    }
identity-given-done = Handed over or copied, continue
identity-take = Take up a mandate with a code
identity-take-lead = Enter the code that was handed to you.
identity-take-code = Code of the mandate
identity-take-code-hint = 16 letters and digits, such as K7QM-2X9P-4TRB-8WNE
identity-take-button = Take it up

## At the counter

identity-menu-identities = Check papers
identity-counter = Check papers
identity-counter-lead = For people at the counter with an identity card, or with papers that prove a representation.
identity-counter-number = Personal number or tax code
identity-counter-number-hint = From the card or the papers at hand
identity-counter-find = Find
identity-counter-account = Account
identity-counter-since = Opened on
identity-counter-compare = Compare each line with the card and with the person who is present.
identity-counter-checked = This account has been checked.
identity-counter-confirm = It fits: confirm
identity-counter-close = Not this person’s account: close it
identity-counter-close-hint = Closes an account that somebody else opened with this number; its owner can register again. This cannot be undone.
identity-counter-no-account = This number has no account.
identity-counter-declared = Declared representations
identity-counter-no-declared = Nothing is waiting to be checked for this number.
identity-counter-holder = Declared by:
identity-counter-papers = Papers seen
identity-counter-papers-hint = Name, number, date and issuing office, such as Birth certificate 123/2019, People’s Committee of Bến Thành ward
identity-counter-papers-missing = Write down which papers were seen
identity-counter-confirm-delegation = Confirm the representation

## Administration

identity-menu-officers = Officers’ accounts
identity-menu-audit = Audit log
identity-menu-jobs = Failed work
identity-menu-outbox = Messages sent
identity-officers = Officers’ accounts
identity-officers-search = Find by name or user name
identity-officers-find = Find
identity-officers-none = No accounts yet. Choose “Create an officer’s account” to begin.
identity-officers-not-found = Nobody found. Try another name; accents are not needed.
identity-username = User name
identity-username-hint = Letters without accents, digits and . - _ @, such as lan.nguyen
identity-username-missing = Enter a user name
identity-username-length = A user name has 3 to 64 characters
identity-username-letters = Only letters without accents, digits and . - _ @, with at least one letter
identity-officer-new = Create an officer’s account
identity-officer-new-lead = You get a link with which the officer sets the password.
identity-officer-new-button = Create the account
identity-officer-unit = Unit
identity-officer-unit-hint = The unit’s identification code; look it up under Organisations
identity-officer-unit-unknown = No unit with this code is in your part of the tree. Look it up under Organisations.
identity-officer-role = Role
identity-officer-role-missing = Choose a role
identity-officer-from = From
identity-officer-to = Last day
identity-officer-to-hint = Leave empty while no end is known
identity-officer-dates = Time
identity-officer-state = State
identity-officer-active = Active
identity-officer-disabled = Switched off
identity-officer-invited = No password yet
identity-officer-without-app = No authenticator app yet
identity-officer-not-manageable = Only to look at. This is your own account, or the officer holds a role outside your part of the tree.
identity-officer-link = Make a link for a new password
identity-officer-link-lead = The old password ends at once; the officer sets a new one with the link.
identity-officer-app = Remove the authenticator app
identity-officer-app-lead = The officer sets up the app again at the next sign-in.
identity-officer-disable = Switch the account off
identity-officer-disable-lead = Switching off signs out everywhere at once, and nobody signs in until it is switched on again.
identity-officer-enable = Switch the account on
identity-officer-enable-lead = Nobody signs in with this account until it is switched on again.
identity-officer-link-when = Forgotten password
identity-officer-app-when = Lost phone
identity-officer-disable-when = Left, moved, or the password may be known
identity-officer-unit-choose = In your part of the tree
identity-link = Link for a password
identity-link-lead = Hand this link to the officer in person. This page is shown once.
identity-link-hours =
    { $hours ->
        [one] Good once, within { $hours } hour. Whoever has it can set the password, so do not post it to a group.
       *[other] Good once, within { $hours } hours. Whoever has it can set the password, so do not post it to a group.
    }
identity-link-done = Handed over, show the account
identity-role-give = Give a role
identity-role-give-to = Give a role to { $name }
identity-role-end = End the role
identity-bond-not-yet = Not yet
identity-bond-in-force = In force
identity-bond-over = Ended
identity-bond-everywhere = Everywhere
identity-role-clerk = One-stop clerk
identity-role-specialist = Specialist
identity-role-head = Head of division
identity-role-leader = Leader
identity-role-fee-collector = Fee collector
identity-role-result-desk = Result desk
identity-role-document-clerk = Document clerk (keeps the agency’s seal)
identity-role-unit-administrator = Administrator of the unit
identity-role-auditor = Auditor
identity-role-system-administrator = System administrator

## Said after an act

identity-notice-signed-out = You are signed out.
identity-notice-sign-in-again = The time for the code is over. Sign in from the beginning.
identity-notice-password-set = The new password is set. Sign in to go on.
identity-notice-password-changed = The password is changed. Other browsers are signed out.
identity-notice-contact-changed = Notices now go to the new place.
identity-notice-app-removed = The authenticator app is removed.
identity-notice-language-saved = The language is saved.
identity-notice-session-ended = It is ended.
identity-notice-sessions-ended = All others are ended.
identity-notice-register-again = More than an hour has passed. Start again.
identity-notice-acting = From now on everything is done on their behalf; the name stands on top.
identity-notice-acting-for-oneself = You act for yourself again.
identity-notice-delegation-ended = It is ended.
identity-notice-declared = Saved. Choose “Act for them” when needed.
identity-notice-delegation-taken = The mandate is taken up.
identity-notice-confirmed = The account is confirmed.
identity-notice-closed = The account is closed.
identity-notice-delegation-confirmed = The representation is confirmed.
identity-notice-role-given = The role is given. It counts at once, within its dates.
identity-notice-role-ended = The role is ended, at once.
identity-notice-app-reset = The app is removed. The officer sets it up again at the next sign-in.
identity-notice-disabled = The account is switched off.
identity-notice-enabled = The account is switched on.

## Messages that leave the building

identity-message-subject = Your Liên Thông account
identity-message-code-subject = Your code
identity-message-code-registration = Liên Thông: { $code } is the code to register, good for { $minutes } minutes. Tell it to nobody.
identity-message-code-forgotten-password = Liên Thông: { $code } is the code to reset the password, good for { $minutes } minutes. Tell it to nobody.
identity-message-code-new-contact = Liên Thông: { $code } is the code to change where notices go, good for { $minutes } minutes. Tell it to nobody.
identity-message-registration = Liên Thông: registration received at { $at }. Sign in with the personal number and the new password: { $address }/dang-nhap. If that does not work: reset the password at { $address }/quen-mat-khau or bring the identity card to the one-stop shop.
identity-message-register-tried = Liên Thông: at { $at } somebody registered with the personal number of this account; nothing has changed. If it was you: sign in or reset the password at { $address }/quen-mat-khau
identity-message-password-changed = Liên Thông: the password was changed at { $at }. If it was not you: reset it now at { $address }/quen-mat-khau
identity-message-contact-changed = Liên Thông: at { $at } notices of your account were moved to another place. If it was not you: bring the identity card to the one-stop shop.
identity-message-app-added = Liên Thông: at { $at } an authenticator app was added. If it was not you: change the password now at { $address }/tai-khoan
identity-message-app-removed = Liên Thông: at { $at } the authenticator app was removed. If it was not you: change the password now at { $address }/tai-khoan
identity-message-recovery-used = Liên Thông: at { $at } a recovery code was used to sign in. If it was not you: change the password now at { $address }/tai-khoan
identity-message-recovery-renewed = Liên Thông: at { $at } new recovery codes were made; the old ones end.
identity-message-role-changed = Liên Thông: your roles changed at { $at }. See { $address }/tai-khoan
identity-message-link-given = Liên Thông: at { $at } your unit’s administrator made a link to set a new password for this account.
identity-message-confirmed = Liên Thông: at { $at } your account was checked against papers at the counter.
identity-message-delegation-taken = Liên Thông: at { $at } the mandate was taken up with its code. See or end it at { $address }/tai-khoan/uy-quyen
identity-message-delegation-confirmed = Liên Thông: at { $at } the declared representation was confirmed at the counter.
