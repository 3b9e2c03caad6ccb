-- Files that go along with an update of a document that was issued: put aside until it is sent,
-- then part of the document, with the packet that brought them.
ALTER TABLE office_attachment ADD COLUMN is_waiting @bool NOT NULL DEFAULT FALSE;
ALTER TABLE office_attachment ADD COLUMN came_with @id;
