### The catalogue of agencies and their identification codes

organisations-menu = Agencies
organisations-title = Government agencies
organisations-lead = Look up an agency, its address, opening hours and electronic identification code.
organisations-search = Search by name or code
organisations-search-hint = Diacritics are not needed. For example: so tu phap hue, châu thới cà mau, H57.02
organisations-search-button = Search
organisations-found = { $count ->
    [one] 1 agency or unit
   *[other] { $count } agencies and units
}
organisations-found-none = No agency was found. Try fewer words, or choose “All” as the kind.
organisations-whole-tree = See the whole directory
organisations-show-closed = Also show agencies that have ended
organisations-hide-closed = Show only agencies in operation
organisations-pages = Pages of this list
organisations-first-page = Back to the first page
organisations-next-page = Next page
organisations-older = Older changes
organisations-yes = yes
organisations-no = no
organisations-choose = Choose

## Branches

organisations-group-centre = Other central agencies
organisations-branch-party = Party bodies
organisations-branch-president = The President
organisations-branch-assembly = The National Assembly
organisations-branch-courts = People's courts
organisations-branch-procuracies = People's procuracies
organisations-branch-audit = State Audit
organisations-branch-government = The Government: ministries and its other agencies
organisations-branch-province-committees = People's committees of provinces and cities
organisations-branch-political-organisations = Socio-political organisations
organisations-branch-associations = Associations
organisations-branch-province-councils = People's councils of provinces and cities

## Kinds, levels, standing

organisations-kind-any = All
organisations-kind-ministry = Ministry or equal agency
organisations-kind-government-agency = Agency under the Government
organisations-kind-state-body = Central State body
organisations-kind-party-body = Party body
organisations-kind-political-organisation = Socio-political organisation
organisations-kind-association = Association
organisations-kind-province-council = Provincial people's council
organisations-kind-province-committee = Provincial people's committee
organisations-kind-district-committee = District people's committee
organisations-kind-commune-committee = Commune people's committee
organisations-kind-department = Department
organisations-kind-public-service = Public service unit
organisations-kind-one-stop-centre = Public administrative service centre
organisations-kind-other = Other
organisations-level-central = Central
organisations-level-province = Province
organisations-level-district = District (until 30 June 2025)
organisations-level-commune = Commune
organisations-standing-not-yet = Not yet in operation
organisations-standing-in-force = In operation
organisations-standing-closed = Ended

## About one agency

organisations-field-code = Identification code
organisations-field-name = Name
organisations-field-short-name = Short name
organisations-field-kind = Kind
organisations-field-level = Level
organisations-field-standing = Standing
organisations-field-valid-from = In operation since
organisations-field-valid-to = Last day
organisations-field-province-gso = Statistics code of the province
organisations-field-commune-gso = Statistics code of the area
organisations-field-provisional = Provisional code
organisations-field-note = Note
organisations-field-address = Address
organisations-field-phone = Telephone
organisations-field-email = E-mail
organisations-field-working-hours = Opening hours
organisations-field-map-link = Map
organisations-field-aliases = Other codes for this agency
organisations-field-alias = Other code
organisations-field-former-names = Former names
organisations-field-successors = Taken over by
organisations-field-renamed-on = New name since
organisations-until = until { $day }
organisations-provisional = Provisional code, until the entitled agency issues one.
organisations-provisional-short = provisional code
organisations-facts = About this agency
organisations-contact = Contact
organisations-contact-none = No contact details yet.
organisations-map = See the map
organisations-centre = Papers are taken in at:
organisations-below = { $count ->
    [one] 1 unit below it
   *[other] { $count } units below it
}
organisations-below-search = Search the units below it
organisations-below-none = No units below it yet.
organisations-predecessors = Took over from
organisations-predecessors-more = and { $count } more units that have ended.
organisations-closed-title = This agency has ended
organisations-closed-on = Last day: { $day }.
organisations-closed-heirs = Its work is now done by:
organisations-closed-without = The directory does not say who took over.
organisations-not-yet = This agency starts on { $day }.
organisations-notice-old-code = The code you asked for is an old or another code of the agency below.
organisations-unknown = There is no such identification code
organisations-unknown-text = No agency has the code { $code }.
organisations-unknown-perhaps = If this is a code of the older form, it may mean
organisations-unknown-search = Search by the agency's name
organisations-unknown-api = No agency has this code. Read as a code of the older form it may mean { $code }: ask the sender before you use it.

## History

organisations-history = History of changes
organisations-history-link = See the history of changes
organisations-history-none = No changes yet.
organisations-reason = Ground or reason
organisations-author-program = The system
organisations-author-officer = An officer in charge of the directory
organisations-did-seed = Entered with the first directory
organisations-did-create = Created
organisations-did-edit = Details corrected
organisations-did-rename = Renamed
organisations-did-contact = Contact details changed
organisations-did-recode = New code issued
organisations-did-move = Moved
organisations-did-add-alias = Other code added
organisations-did-remove-alias = Other code taken back
organisations-did-close = Ended
organisations-did-reopen = End taken back
organisations-did-begin = Began its work
organisations-did-end = Its last day is over
organisations-did-import = Updated from a sheet

## Administration

organisations-manage = Manage the directory of agencies
organisations-manage-part = Your part of the directory:
organisations-manage-everything = You manage the whole directory, including codes of level 1.
organisations-see-public = See the public page
organisations-own-unit = The name, code and time of operation of your own agency are managed by the agency above.
organisations-acts = What you can do
organisations-cancel = Cancel
organisations-act-create = Create a unit
organisations-act-create-below = Create a unit below it
organisations-act-create-lead = A new unit gets a code below that of the agency above. A code once issued is never given to another unit.
organisations-act-create-button = Create the unit
organisations-act-edit = Change name or note
organisations-act-edit-lead = If you give the day of the new name, the old one is kept and still found. Leave the day empty to correct a spelling.
organisations-act-edit-button = Save
organisations-act-contact = Change contact details
organisations-act-contact-lead = They are shown on the public page, on appointment slips and in notices.
organisations-act-contact-button = Save
organisations-act-recode = Issue another code or move
organisations-act-recode-lead = The beginning of a code says where the unit stands: another beginning moves it, and all units below it come along. The old code still means this unit.
organisations-act-recode-button = Issue the code
organisations-act-add-alias = Add another code
organisations-act-add-alias-lead = A code of the older form, or one by which another system knows this unit.
organisations-act-add-alias-button = Add the code
organisations-act-remove-alias = Take back another code
organisations-act-remove-alias-lead = Only a code that was added by mistake can be taken back. Codes the unit was issued stay for ever.
organisations-act-remove-alias-button = Take back the code
organisations-act-close = End the unit
organisations-act-close-lead = The unit stays in the directory. Whoever sends to it is shown who took over.
organisations-act-close-button = End the unit
organisations-act-reopen = Take back the end
organisations-act-reopen-lead = For an end entered by mistake. The agencies named as taking over are forgotten.
organisations-act-reopen-button = Reopen the unit
organisations-notice-created = The unit was created.
organisations-notice-edited = The details were saved.
organisations-notice-contact = The contact details were saved.
organisations-notice-recoded = The code was issued. The old code still means this unit.
organisations-notice-alias-added = The other code was added.
organisations-notice-alias-removed = The other code was taken back.
organisations-notice-closed = The end was entered.
organisations-notice-reopened = The unit was reopened.

## Questions of forms

organisations-ask-kind = Kind
organisations-ask-kind-hint = Says where in the directory the unit may stand.
organisations-ask-name = Full name
organisations-ask-name-hint = As on the seal, at most 200 characters.
organisations-ask-short-name = Short name
organisations-ask-short-name-hint = Used in lists and addresses. For example: Sở Tư pháp, Xã Châu Thới
organisations-ask-identifier = Code
organisations-ask-identifier-hint = For example: H57.105 or 000.00.05.H57
organisations-ask-identifier-used = Only the last group of the code is needed, digits and capitals, for example 14. Used already: { $used }.
organisations-ask-provisional = Provisional code
organisations-ask-provisional-hint = The public page says when a code is not official yet.
organisations-ask-provisional-yes = This code is provisional, until the entitled agency issues one
organisations-ask-valid-from = First day
organisations-ask-valid-from-hint = For example: 1 7 2025
organisations-ask-renamed-on = First day of the new name
organisations-ask-renamed-on-hint = Leave empty to correct a spelling. For example: 1 3 2025
organisations-ask-note = Note
organisations-ask-note-hint = Shown on the public page.
organisations-ask-reason = Ground or reason
organisations-ask-reason-hint = For example: Decision 15/2026/QĐ-UBND of 12 January 2026. Shown in the history.
organisations-ask-address = Address
organisations-ask-address-hint = House number, street, commune or ward, province or city.
organisations-ask-phone = Telephone
organisations-ask-phone-hint = For example: 0234 3822 222
organisations-ask-email = E-mail
organisations-ask-email-hint = For example: motcua@hue.gov.vn
organisations-ask-working-hours = Opening hours
organisations-ask-working-hours-hint = For example: Monday to Friday, 7:30–11:30 and 13:30–17:00
organisations-ask-map-link = Address of a map
organisations-ask-map-link-hint = It begins with https://
organisations-ask-last-day = Last day
organisations-ask-last-day-hint = It may lie in the future. For example: 30 6 2025
organisations-ask-successors = Taken over by
organisations-ask-successors-hint = One code a line, the main agency first. If it takes over only a part, write that after a colon. For example: G18: children, social protection
organisations-ask-with-children = Units below it
organisations-ask-with-children-hint = Units below cannot operate longer than the one above.
organisations-ask-with-children-yes = Also end all units below it, with the same agencies taking over
organisations-ask-sheet = CSV sheet
organisations-ask-sheet-hint = A .csv file in UTF-8, at most 16 MB. Its first line names the columns.

## Sheets in and out

organisations-import = Bring in a CSV sheet
organisations-import-lead = The sheet is checked first and nothing is written. An empty cell changes nothing that is known. Sending the same sheet again creates no unit twice.
organisations-import-check = Check the sheet
organisations-import-columns = The columns of a sheet
organisations-import-column = Column
organisations-import-meaning = What it holds
organisations-import-preview = What the sheet would do
organisations-import-preview-lead = Nothing has been written yet. Look it over, then choose “Bring it in”.
organisations-import-done = The sheet was brought in
organisations-import-read = Lines read
organisations-import-new = New units
organisations-import-changed = Units changed
organisations-import-unchanged = Units unchanged
organisations-import-refused = Lines refused
organisations-import-refused-caption = Lines refused, and why
organisations-import-refused-more = and { $count } more lines refused.
organisations-import-line = Line
organisations-import-apply = Bring it in
organisations-import-other = Choose another sheet
organisations-export = Take out a CSV sheet
organisations-column-code = Identification code (required). Its beginning says which agency is above.
organisations-column-replaces = The code in use, now replaced by the one in the column code (when an official code replaces a provisional one)
organisations-column-name = Full name (required)
organisations-column-short-name = Short name
organisations-column-kind = Kind (required): ministry, government_agency, state_body, party_body, political_organisation, association, province_council, province_committee, district_committee, commune_committee, department, public_service, one_stop_centre, other
organisations-column-level = Level; to look at only, not read
organisations-column-parent = Code of the agency above; if given it must fit the beginning of the code
organisations-column-valid-from = First day, 2025-07-01 or 01/07/2025
organisations-column-valid-to = Last day
organisations-column-renamed-on = First day of the new name, to keep the old one
organisations-column-successors = Codes of the agencies that take over, separated by |
organisations-column-aliases = Other codes that mean the unit, separated by |
organisations-column-province-gso = Statistics code of the province, 2 digits
organisations-column-commune-gso = Statistics code of the commune, 5 digits
organisations-column-provisional = Provisional code: yes or no
organisations-column-note = Note
organisations-column-address = Address
organisations-column-phone = Telephone
organisations-column-email = E-mail
organisations-column-working-hours = Opening hours
organisations-column-map-link = Address of a map

## When it cannot be done

organisations-refused = This cannot be done yet
organisations-refusal-no-such-unit = There is no such unit in your part of the directory. Check the code.
organisations-refusal-own-unit = The name, code and time of operation of your own agency are managed by the agency above. Send it a request.
organisations-refusal-level-one = Codes of level 1 are issued by the agency that manages the national directory. Choose a code below that of your agency.
organisations-refusal-changed-meanwhile = Somebody else has just changed the unit. What you typed is still here: look it over and send it once more if you still want it saved.
organisations-refusal-code-empty = No code was typed. Type the unit's code, for example H57.105.
organisations-refusal-code-too-long = The code has more than 35 characters. Type a shorter one.
organisations-refusal-code-unprintable = The code has characters that cannot be read. Type it again.
organisations-refusal-code-not-standard = The code does not have the right form: a letter and two digits, then groups of digits or capitals separated by points, for example H57.105.
organisations-refusal-code-no-branch = No branch of the State has this first letter. It must be from A to K.
organisations-refusal-code-taken = The code { $code } was given to { $holder }. A code is never given twice: choose another.
organisations-refusal-nothing-above = No agency in your part of the directory has the code { $code }. Create it first, or check the beginning of the code.
organisations-refusal-below-itself = A unit cannot be moved below itself. Choose a code elsewhere.
organisations-refusal-kind-misplaced = A unit of this kind cannot stand where the code would put it. Check the kind and the beginning of the code.
organisations-refusal-kind-empty = No kind was chosen. Choose one from the list.
organisations-refusal-name-empty = No name was typed. Type the unit's full name.
organisations-refusal-name-too-long = The name has more than 200 characters. Type a shorter one.
organisations-refusal-address-too-long = The address has more than 300 characters. Type a shorter one.
organisations-refusal-phone-unreadable = A telephone number has only digits, spaces and + ( ) - . /. Type it again, for example 0234 3822 222.
organisations-refusal-email-unreadable = The e-mail address does not have the right form. Type it again, for example motcua@hue.gov.vn.
organisations-refusal-hours-too-long = The opening hours have more than 300 characters. Type fewer.
organisations-refusal-map-unreadable = The address of a map begins with https:// and has no spaces. Copy it again from the map's page.
organisations-refusal-ends-before = The last day lies before the first. Type the day again.
organisations-refusal-outlives = The agency above, { $above }, has ended before. Choose another agency above, or an earlier last day.
organisations-refusal-already-closed = The unit's end is entered as { $on }. If that is a mistake, take the end back and enter it again.
organisations-refusal-not-closed = The unit has not ended, so there is nothing to reopen.
organisations-refusal-units-below = { $count ->
    [one] 1 unit below it would
   *[other] { $count } units below it would
} operate longer. Choose to end the units below as well, or move them first.
organisations-refusal-no-such-successor = No agency has the code { $code }. Check the code of the agency that takes over.
organisations-refusal-no-such-replaced = No unit has the code { $code } of the column replaces. Check the code in use.
organisations-refusal-gso-taken = The commune with the statistics code { $gso } is in the directory with the code { $code }. If this is the official code in its place, write { $code } in the column replaces, or issue another code to it.
organisations-refusal-succeeds-itself = A unit cannot take over from itself. Type the code of another agency.
organisations-refusal-successor-ended = The agency with the code { $code } is not in operation on the day after the last day. Choose another agency to take over.
organisations-refusal-nothing-changed = Nothing was changed. Change what you want changed, then save.
organisations-refusal-no-such-alias = This is not a code that was added to the unit. Check the code.
organisations-refusal-reason-empty = No ground was typed. Type the number and date of the decision.
organisations-refusal-date-empty = No date was typed. Type day, month and year.
organisations-refusal-date-day = The day is missing. Type day, month and year.
organisations-refusal-date-month = The month is missing. Type day, month and year.
organisations-refusal-date-year = The year is missing. Type day, month and year.
organisations-refusal-date-none = There is no such day in the calendar. Type it again, for example 30 6 2025.
organisations-refusal-date-iso = The date in “at” is written as 2025-06-30.
organisations-refusal-sheet-none = No sheet was chosen. Choose a .csv file.
organisations-refusal-sheet-unreadable = The file cannot be read as a CSV sheet. Save it again from your spreadsheet program in UTF-8. ({ $reason })
organisations-refusal-column-missing = The sheet has no column { $column }. Its first line must name the columns.
organisations-refusal-sheet-too-long = The sheet has more than { $limit } lines. Split it into several.
organisations-refusal-row-not-text = The line is not in UTF-8. Save the sheet again in UTF-8.
organisations-refusal-row-cell-too-long = The cell in column { $column } is too long. Shorten it.
organisations-refusal-row-kind-unknown = There is no kind called “{ $text }”. Use a name from the list of columns.
organisations-refusal-row-date-unreadable = The cell in column { $column } is no date: “{ $text }”. Write 2025-06-30 or 30/06/2025.
organisations-refusal-row-neither-yes-nor-no = The cell for a provisional code holds yes or no, not “{ $text }”.
organisations-refusal-row-gso-unreadable = A statistics code has only digits, not “{ $text }”.
organisations-refusal-row-parent-differs = By the code { $code } the agency above must be “{ $above }”. Mend the code or the column of the agency above.
organisations-refusal-row-kind-differs = The unit is there as { $kind }; a sheet does not change that. Mend the column of the kind.
organisations-refusal-row-code-twice = Line { $line } has the same code. Keep one of the two.
organisations-refusal-store = The system is busy. Try again in a few minutes.
