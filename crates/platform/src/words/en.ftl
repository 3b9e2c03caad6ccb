### Words of the ground: days and months, background work, outgoing messages, the audit log.

platform-weekday-1 = Monday
platform-weekday-2 = Tuesday
platform-weekday-3 = Wednesday
platform-weekday-4 = Thursday
platform-weekday-5 = Friday
platform-weekday-6 = Saturday
platform-weekday-7 = Sunday

platform-month-1 = January
platform-month-2 = February
platform-month-3 = March
platform-month-4 = April
platform-month-5 = May
platform-month-6 = June
platform-month-7 = July
platform-month-8 = August
platform-month-9 = September
platform-month-10 = October
platform-month-11 = November
platform-month-12 = December
