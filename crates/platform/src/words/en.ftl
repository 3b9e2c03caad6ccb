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

# Attachments
platform-file-empty = This file is empty. Choose another file.
platform-file-too-large = The file is larger than { $max }. Choose a smaller file, or photograph or scan it again at a lower resolution.
platform-file-quota = There is not enough room: { $left } of { $quota } is left. Delete files that are no longer needed, then upload again.
platform-file-kind = This kind of file is not accepted. Accepted kinds: { $allowed }.
platform-file-disguised = The file name ends in “{ $named }” but its content is { $found }. Save the file with the right ending, then upload it.
platform-file-damaged = The { $found } file is damaged or cut off. Check that it opens on your device, save it again, then upload it.
platform-file-macros = The document contains macros and cannot be accepted. Save it as PDF, then upload it.
platform-file-interrupted = The connection was lost during the upload. Upload this file again; everything filled in is still here.
platform-file-missing = This file was not found.
platform-file-not-now = The file could not be saved just now. Try again in a few minutes; everything filled in is still here.
