-- For whom the holder acts in this session; nothing while they act for themselves.
ALTER TABLE platform_session ADD COLUMN on_behalf TEXT;
