"""The same numbers in DuckDB as one writes it by hand, under the same limit."""

import sys
import tempfile

import duckdb

path, folder = sys.argv[1], tempfile.TemporaryDirectory(dir=sys.argv[2])
db = duckdb.connect(
    f"{folder.name}/bare.duckdb",
    config={"memory_limit": "2200MB", "threads": "2", "preserve_insertion_order": "false"},
)
read = db.read_csv(path) if path.endswith(".csv") else db.read_parquet(path)
read.create_view("source")
db.execute("CREATE TABLE log AS SELECT DISTINCT * FROM source")
described = db.execute('SELECT count(DISTINCT "user"), count(DISTINCT item), count(*) FROM log').fetchall()[0]
db.execute('CREATE TABLE kept AS SELECT "user", item FROM log')
left, before = described[2], -1
while left != before:
    before = left
    db.execute("""
        CREATE OR REPLACE TABLE kept AS SELECT "user", item FROM kept
        SEMI JOIN (SELECT "user" FROM kept GROUP BY "user" HAVING count(*) >= 5) USING ("user")
        SEMI JOIN (SELECT item FROM kept GROUP BY item HAVING count(*) >= 5) USING (item)
    """)
    left = db.execute("SELECT count(*) FROM kept").fetchall()[0][0]
core = db.execute('SELECT count(DISTINCT "user"), count(DISTINCT item), count(*) FROM kept').fetchall()[0]
print(*described, *core)
db.close()
folder.cleanup()
