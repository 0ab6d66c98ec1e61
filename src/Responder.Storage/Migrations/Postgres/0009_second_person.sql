-- A draft that its writer proposes: why, until a second person publishes it or it is written on.
ALTER TABLE playbook_drafts ADD COLUMN proposed text;
ALTER TABLE playbook_versions ADD COLUMN approved_by text;

-- One-time codes of people who want them: the secret, encrypted, and the last time step that was used.
ALTER TABLE users ADD COLUMN code_secret text;
ALTER TABLE users ADD COLUMN code_step bigint;
