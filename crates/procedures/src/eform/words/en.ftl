### Words that all electronic forms share. Each form's own words are in the form itself.

procedures-answer-yes = Yes
procedures-answer-no = No
procedures-answer-none = Not provided
procedures-answer-no-items = None
procedures-answer-choose = Choose
procedures-answer-choose-all = Select all that apply.
procedures-answer-choose-some = Select up to { $count }.
procedures-answer-alone-hint = If you select this, leave the others empty.
procedures-answer-month = { $month }/{ $year }
procedures-answer-in-year = in { $year }

procedures-answer-address-province = { $name }: province or city
procedures-answer-address-commune = Commune, ward or special zone
procedures-answer-address-commune-hint = The list follows the province chosen. After changing it, press “Continue” to load the list again.
procedures-answer-address-commune-later = Choose the province and press “Continue”; its communes then appear here.
procedures-answer-address-street = House number and street, or hamlet

procedures-answer-file-rule = { $kinds } files of up to { $megabytes } MB{ $count ->
    [1] .
   *[other] , no more than { $count } files.
}

procedures-answer-required = Enter { $name }
procedures-answer-required-choice = Choose { $name }
procedures-answer-required-date = Enter { $name } with day, month and year
procedures-answer-required-file = Upload { $name }
procedures-answer-required-choices = Select at least one: { $name }
procedures-answer-required-tick = Tick { $name } to continue

procedures-answer-date-incomplete = { $part ->
    [day] Enter { $name } in full: the day is missing
    [month] Enter { $name } in full: the month is missing
   *[year] Enter { $name } in full: the year is missing
}
procedures-answer-date-unreal = Enter { $name } as a real day, for example 27 3 2025
procedures-answer-year = Enter { $name } with a year of four digits, for example 1985
procedures-answer-province = Choose the province or city of { $name }
procedures-answer-commune = Choose the commune or ward of { $name }
procedures-answer-place = Choose the commune or ward of { $name } again, from the list of the province chosen

procedures-answer-number = Enter { $name } in figures, for example 1,500,000
procedures-answer-whole = Enter { $name } as a whole number
procedures-answer-short = Enter { $name } with { $count } characters or more
procedures-answer-long = Shorten { $name } to { $count } characters or fewer
procedures-answer-small = Enter { $name } of { $limit } or more
procedures-answer-large = Enter { $name } of { $limit } or less
procedures-answer-pattern = Enter { $name } the way the hint shows
procedures-answer-choice = Choose { $name } from the list
procedures-answer-choices-min = Select at least { $count }: { $name }
procedures-answer-choices-max = Select no more than { $count }: { $name }
procedures-answer-choices-alone = Select either “{ $choice }” alone or the others: { $name }

procedures-answer-email = Enter { $name } like name@example.vn
procedures-answer-phone = Enter { $name } with 10 digits starting with 0, for example 0912 345 678
procedures-answer-personal-number = Enter { $name } with all 12 digits, as on the identity card
procedures-answer-tax-code = Enter { $name } with 10 digits, or 13 for a dependent unit; individuals use their 12-digit personal number
procedures-answer-person-name = Enter { $name } in letters only, as in the documents

procedures-answer-file-media = Choose another file: “{ $file }” is of a kind that cannot be taken
procedures-answer-file-size = Choose a file smaller than { $megabytes } MB instead of “{ $file }”
procedures-answer-files-max = Remove files: keep { $count } at most
procedures-answer-items-min = Enter at least { $count } ({ $name })
procedures-answer-items-max = Enter at most { $count } ({ $name })
procedures-answer-items-more = Choose whether there is another { $name }
