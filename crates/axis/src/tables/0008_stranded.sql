-- What nobody delivers yet, by its recipient, in the order of acceptance: looked at every minute.
CREATE INDEX axis_delivery_stranded ON axis_delivery (to_key, id)
    WHERE route = 'nowhere' AND transport = 'initial' AND recalled_at IS NULL;
