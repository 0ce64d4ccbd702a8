-- Jobs that are held once they are read, until a person has looked; and those whose resource is made
-- when they are published: its name ('' for a resource that is there).
ALTER TABLE import_job ADD COLUMN review INTEGER NOT NULL DEFAULT 0 CHECK (review IN (0, 1));
ALTER TABLE import_job ADD COLUMN new_resource TEXT NOT NULL DEFAULT '';
