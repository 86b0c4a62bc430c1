"""The Python client gql: reads the schema from the server, checks documents against it, asks and pages.

BEACON_URL is where a server with the demonstration's content listens.
"""

import os
import unittest

from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from graphql import GraphQLError

URL = os.environ.get("BEACON_URL", "http://127.0.0.1:8080") + "/graphql"


def client() -> Client:
    return Client(transport=RequestsHTTPTransport(url=URL), fetch_schema_from_transport=True)


class PythonClient(unittest.TestCase):
    def test_it_reads_every_page(self):
        posts = gql("query($after: String) { posts(first: 3, after: $after) { nodes { slug } totalCount pageInfo { hasNextPage endCursor } } }")
        slugs, after = [], None
        with client() as session:
            while True:
                page = session.execute(posts, variable_values={"after": after})["posts"]
                slugs += [node["slug"] for node in page["nodes"]]
                if not page["pageInfo"]["hasNextPage"]:
                    break
                after = page["pageInfo"]["endCursor"]
        self.assertEqual(len(slugs), page["totalCount"])
        self.assertEqual(len(set(slugs)), len(slugs))

    def test_a_field_that_is_not_there_is_found_before_anything_is_sent(self):
        with client() as session, self.assertRaises(GraphQLError):
            session.execute(gql("{ posts { nodes { headline } } }"))

    def test_an_error_has_its_code(self):
        with client() as session, self.assertRaises(TransportQueryError) as refused:
            session.execute(gql("{ posts(first: 1000) { totalCount } }"))
        self.assertEqual(refused.exception.errors[0]["extensions"]["code"], "BAD_INPUT")


if __name__ == "__main__":
    unittest.main()
