-- The local accounts of people. Passwords and invitations are kept as hashes only; roles have blanks between them.
CREATE TABLE users (
  name            text COLLATE "C" NOT NULL PRIMARY KEY,
  roles           text NOT NULL,
  stamp           text NOT NULL,
  created_by      text NOT NULL,
  created_at      bigint NOT NULL,
  password_hash   text,
  invite_hash     text COLLATE "C",
  invite_until    bigint,
  last_sign_in_at bigint,
  disabled_at     bigint,
  failures        bigint NOT NULL DEFAULT 0,
  locked_until    bigint
);
CREATE UNIQUE INDEX users_by_invite ON users (invite_hash) WHERE invite_hash IS NOT NULL;

-- Playbooks as they were published at the pages, and what people are still writing.
CREATE TABLE playbook_versions (
  playbook text COLLATE "C" NOT NULL,
  number   bigint NOT NULL,
  hash     text COLLATE "C" NOT NULL,
  text     text NOT NULL,
  "by"     text NOT NULL,
  comment  text NOT NULL,
  at       bigint NOT NULL,
  PRIMARY KEY (playbook, number)
);
CREATE TABLE playbook_drafts (
  playbook text COLLATE "C" NOT NULL,
  "by"     text COLLATE "C" NOT NULL,
  text     text NOT NULL,
  base     text NOT NULL,
  at       bigint NOT NULL,
  PRIMARY KEY (playbook, "by")
);
