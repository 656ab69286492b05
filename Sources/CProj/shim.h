// PROJ and its geodesic routines: the oracle of the atlas's tests, never part of the product.
#include <proj.h>
#include <geodesic.h>
