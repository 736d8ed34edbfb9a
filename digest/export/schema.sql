-- The tables of digest.sqlite. docs/formats.md explains each; offsets are half-open and count code points.
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA foreign_keys = ON;

CREATE TABLE edition (
  key TEXT PRIMARY KEY,
  value TEXT
) WITHOUT ROWID;

CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL
);

CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  byline TEXT,
  outlet TEXT,
  published TEXT,
  date_basis TEXT NOT NULL,
  url TEXT,
  language TEXT NOT NULL,
  text_id TEXT NOT NULL,
  story TEXT NOT NULL REFERENCES stories (id),
  page TEXT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX articles_by_date ON articles (published);
CREATE INDEX articles_by_outlet ON articles (outlet);
CREATE INDEX articles_by_text ON articles (text_id);
CREATE INDEX articles_by_story ON articles (story);

CREATE TABLE actors (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT,
  gender TEXT,
  wikidata TEXT,
  page TEXT
);
CREATE INDEX actors_by_name ON actors (name);

CREATE TABLE aliases (
  actor TEXT NOT NULL REFERENCES actors (id),
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (actor, name)
) WITHOUT ROWID;
CREATE INDEX aliases_by_name ON aliases (name);

CREATE TABLE roles (
  actor TEXT NOT NULL REFERENCES actors (id),
  article TEXT NOT NULL REFERENCES articles (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  past INTEGER NOT NULL,
  PRIMARY KEY (actor, article, start, "end")
) WITHOUT ROWID;
CREATE INDEX roles_by_article ON roles (article);

CREATE TABLE topics (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE article_topics (
  article TEXT NOT NULL REFERENCES articles (id),
  topic TEXT NOT NULL REFERENCES topics (id),
  score REAL NOT NULL,
  PRIMARY KEY (article, topic)
) WITHOUT ROWID;
CREATE INDEX article_topics_by_topic ON article_topics (topic);

CREATE TABLE quotations (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id),
  utterance TEXT,
  printed_by INTEGER,
  printed_by_outlets INTEGER,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  cue TEXT,
  source TEXT,
  source_label TEXT,
  role TEXT,
  unsure INTEGER NOT NULL,
  unresolved INTEGER NOT NULL,
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  how TEXT NOT NULL,
  flaws TEXT NOT NULL,
  decided INTEGER NOT NULL,
  page TEXT NOT NULL,
  UNIQUE (article, id)
);
CREATE INDEX quotations_by_utterance ON quotations (utterance);

CREATE TABLE parts (
  quotation INTEGER NOT NULL REFERENCES quotations (number),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (quotation, start)
) WITHOUT ROWID;

CREATE TABLE speakers (
  quotation INTEGER NOT NULL REFERENCES quotations (number),
  position INTEGER NOT NULL,
  actor TEXT NOT NULL REFERENCES actors (id),
  unsure INTEGER NOT NULL,
  PRIMARY KEY (quotation, position)
) WITHOUT ROWID;
CREATE INDEX speakers_by_actor ON speakers (actor);

CREATE TABLE via (
  quotation INTEGER NOT NULL REFERENCES quotations (number),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  id TEXT,
  role TEXT NOT NULL,
  PRIMARY KEY (quotation, position)
) WITHOUT ROWID;
CREATE INDEX via_by_name ON via (name);

CREATE TABLE about (
  quotation INTEGER NOT NULL REFERENCES quotations (number),
  position INTEGER NOT NULL,
  actor TEXT NOT NULL REFERENCES actors (id),
  PRIMARY KEY (quotation, position)
) WITHOUT ROWID;
CREATE INDEX about_by_actor ON about (actor);

CREATE TABLE quotation_topics (
  quotation INTEGER NOT NULL REFERENCES quotations (number),
  position INTEGER NOT NULL,
  topic TEXT NOT NULL REFERENCES topics (id),
  own INTEGER NOT NULL,
  PRIMARY KEY (quotation, position)
) WITHOUT ROWID;
CREATE INDEX quotation_topics_by_topic ON quotation_topics (topic);

-- It keeps no text of its own: https://www.sqlite.org/fts5.html#external_content_tables
CREATE VIRTUAL TABLE quotations_text USING fts5 (
  text, content = 'quotations', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);

-- A row of quotations.csv, column by column, behind the number of the quotation.
CREATE VIEW said AS
SELECT q.number, q.id, q.article, a.title, a.byline, a.outlet, a.published, a.date_basis, a.url, a.path, a.text_id,
  a.story, (SELECT t.title FROM stories t WHERE t.id = a.story) AS story_title,
  q.page, q.utterance, q.printed_by, q.printed_by_outlets, a.language, q.kind, q.start, q."end", q.text,
  (SELECT group_concat(text, ' | ') FROM
    (SELECT p.text FROM parts p WHERE p.quotation = q.number ORDER BY p.start)
  ) AS parts,
  q.cue, q.source, q.source_label,
  w.name AS speaker, w.id AS speaker_id, w.type AS speaker_type,
  (SELECT group_concat(name, ' | ') FROM
    (SELECT o.name FROM speakers s JOIN actors o ON o.id = s.actor WHERE s.quotation = q.number ORDER BY s.position)
  ) AS speakers,
  q.role, q.unsure, q.unresolved,
  (SELECT group_concat(name || ' (' || role || ')', ' | ') FROM
    (SELECT v.name, v.role FROM via v WHERE v.quotation = q.number ORDER BY v.position)
  ) AS via,
  (SELECT group_concat(actor, ' | ') FROM
    (SELECT b.actor FROM about b WHERE b.quotation = q.number ORDER BY b.position)
  ) AS about,
  (SELECT group_concat(name, ' | ') FROM
    (SELECT o.name FROM about b JOIN actors o ON o.id = b.actor WHERE b.quotation = q.number ORDER BY b.position)
  ) AS about_names,
  (SELECT group_concat(topic, ' | ') FROM
    (SELECT c.topic FROM quotation_topics c WHERE c.quotation = q.number AND c.own ORDER BY c.position)
  ) AS topics,
  (SELECT group_concat(name || ' (' || id || ')', ' | ') FROM
    (SELECT t.name, t.id FROM quotation_topics c JOIN topics t ON t.id = c.topic
      WHERE c.quotation = q.number ORDER BY c.position)
  ) AS listed_under,
  q.confidence, q.rule, q.how, replace(q.flaws, char(10), ' | ') AS flaws, q.decided
FROM quotations q JOIN articles a ON a.id = q.article
  LEFT JOIN speakers f ON f.quotation = q.number AND f.position = 1 LEFT JOIN actors w ON w.id = f.actor;
