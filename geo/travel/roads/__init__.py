"""Travel over a road network: profiles, graph, searches, catchments, what-ifs."""
