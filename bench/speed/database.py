"""A PostgreSQL of the bench's own, and an SQLite file, both filled with the same rows."""

import csv
import io
import os
import sqlite3
import subprocess
from itertools import islice
from pathlib import Path

import content

PORT = 5545
SETTINGS = f"""
port = {PORT}
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 2GB
effective_cache_size = 8GB
work_mem = 32MB
maintenance_work_mem = 512MB
random_page_cost = 1.1
max_wal_size = 8GB
synchronous_commit = off
jit = off
"""


def url(name):
    return f"postgres://bench@127.0.0.1:{PORT}/{name}"


class Cluster:
    """PostgreSQL on the core of the databases, for as long as it is in use."""

    def __init__(self, place, core):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.programs, self.data, self.core = found[-1], place / "postgres", core

    def run(self, program, *arguments):
        """It refuses to run as root."""
        command = [self.programs / program, "-D", self.data, *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(["taskset", "-c", self.core, *command], check=True, stdout=subprocess.DEVNULL)

    def __enter__(self):
        if not (self.data / "PG_VERSION").exists():
            self.data.mkdir(parents=True, exist_ok=True)
            if os.getuid() == 0:
                for place in (self.data, *self.data.parents[:3]):
                    place.chmod(place.stat().st_mode | 0o011)
                subprocess.run(["chown", "postgres", self.data], check=True)
            self.run("initdb", "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C")
            with open(self.data / "postgresql.conf", "a") as settings:
                settings.write(SETTINGS)
        self.run("pg_ctl", "-w", "-l", self.data / "log", "start")
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-m", "fast", "-w", "stop")

    def process(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])


def psql(name, *commands, **options):
    arguments = [part for command in commands for part in ("-c", command)]
    environment = os.environ | {"PGOPTIONS": "-c session_replication_role=replica -c client_min_messages=warning"}
    subprocess.run(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", url(name), *arguments], check=True, env=environment, **options)


def has_database(name):
    asked = subprocess.run(["psql", "-qAt", url("postgres"), "-c", f"select 1 from pg_database where datname = '{name}'"], capture_output=True, check=True)
    return asked.stdout.strip() == b"1"


def copy(name, table, columns, rows):
    """Sends rows to PostgreSQL, some thousands at a time."""
    columns = f"({', '.join(columns)})" if columns else ""
    environment = os.environ | {"PGOPTIONS": "-c session_replication_role=replica"}
    command = ["psql", "-q", "-v", "ON_ERROR_STOP=1", url(name), "-c", f"copy {table} {columns} from stdin (format csv)"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        while batch := list(islice(rows, 10_000)):
            text = io.StringIO()
            csv.writer(text).writerows(batch)
            process.stdin.write(text.getvalue().encode())
        process.stdin.close()
    if process.returncode:
        raise RuntimeError(f"{table} was refused")


def make_plain(posts):
    """The database of the peers."""
    psql("postgres", "create database plain")
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", url("plain"), "-f", Path(__file__).parent / "plain.sql"], check=True)
    for table, rows in content.plain(content.Content(posts)):
        copy("plain", table, (), rows)
    psql("plain", "vacuum analyze")


def make_beacon(name, migrate, posts):
    """Beacon's own tables in PostgreSQL."""
    psql("postgres", f"create database {name}")
    migrate(url(name))
    for table, columns, rows in content.beacon(content.Content(posts)):
        copy(name, table, columns.split(), rows)
    psql(name, "vacuum analyze")


MULTIPLIED = """
create function pg_temp.other(id text) returns text language sql immutable as
  $$ select left(id, 24) || lpad(to_hex(('x' || right(id, 12))::bit(48)::bigint + {more}), 12, '0') $$;
insert into document select (jsonb_populate_record(one, jsonb_build_object('id', pg_temp.other(id)))).* from document one where id < '{end}';
insert into translation select pg_temp.other(document_id), stage, language, slug || '-{more}', title || ' {more}', title_key || ' {more}',
  translated_at from translation where document_id < '{end}';
insert into slug select node_kind, language, slug || '-{more}', pg_temp.other(document_id), is_public from slug where document_id < '{end}';
insert into link select pg_temp.other(from_id), stage, field, position, pg_temp.other(document_id), to_id from link where from_id < '{end}';
insert into post select pg_temp.other(document_id), stage, published_at + {more} * interval '1 ms', sorted_at + {more} * interval '1 ms',
  review_due_on from post where document_id < '{end}';
insert into post_text select (jsonb_populate_record(one, jsonb_build_object('document_id', pg_temp.other(document_id)))).* from post_text one
  where document_id < '{end}';
"""


def multiply(name, of, posts, times):
    """A copy of a database of Beacon's with so many times its posts."""
    psql("postgres", f"create database {name} template {of}")
    for more in range(posts, posts * times, posts):
        psql(name, MULTIPLIED.format(more=more, end=content.identity(content.POST, posts + 1)))
    psql(name, "vacuum analyze")


def make_sqlite(file, migrate, posts):
    """The same rows in a file."""
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    migrate(f"sqlite://{unfinished}?mode=rwc")
    connection = sqlite3.connect(unfinished)
    connection.execute("pragma synchronous = off")
    for table, columns, rows in content.beacon(content.Content(posts)):
        columns = columns.split()
        places = ", ".join("?" * len(columns))
        connection.executemany(f"insert into {table} ({', '.join(columns)}) values ({places})", rows)
    connection.commit()
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    unfinished.rename(file)
