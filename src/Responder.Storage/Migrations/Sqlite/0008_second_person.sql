-- A draft that its writer proposes: why, until a second person publishes it or it is written on.
ALTER TABLE playbook_drafts ADD COLUMN proposed TEXT;
ALTER TABLE playbook_versions ADD COLUMN approved_by TEXT;

-- One-time codes of people who want them: the secret, encrypted, and the last time step that was used.
ALTER TABLE users ADD COLUMN code_secret TEXT;
ALTER TABLE users ADD COLUMN code_step INTEGER;
