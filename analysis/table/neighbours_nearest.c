#include <math.h>
#include <stdlib.h>

#include "table/neighbours.h"

#define EARTH_KM 6371.0088 /* mean radius (Moritz 2000, Geodetic Reference System 1980) */
#define DEGREE (3.14159265358979323846 / 180)

/* A place on the unit sphere: the chord between two spots grows with their great-circle distance. */
struct spot {
	double x, y, z;
	uint32_t place;
};

struct near {
	double square; /* of the chord */
	uint32_t place;
};

static enum kg_status refuse_angle(const struct kg_table *data, uint32_t row, const struct kg_column *column,
				   double most, struct kg_error *error)
{
	return kg_error_cell(
	    error, KG_EDATA, data->from->file, kg_table_line(data, row), column->name,
	    "%g is not between -%g and %g degrees; are --longitude and --latitude the right way round?",
	    column->real[row], most, most);
}

/* All rows of a place must agree. */
static enum kg_status check_rows(const struct kg_gazetteer *gazetteer, const struct kg_column *const *axis,
				 struct kg_error *error)
{
	const struct kg_table *data = gazetteer->data;

	for (size_t row = 0; row < data->nrow; row++)
		for (size_t a = 0; a < 2; a++) {
			uint32_t first = gazetteer->first[gazetteer->place[row]];
			double here = kg_column_real(axis[a], row), there = kg_column_real(axis[a], first);

			if (isnan(here) != isnan(there) || (!isnan(here) && here != there))
				return kg_error_cell(error, KG_EDATA, data->from->file, kg_table_line(data, row),
						     axis[a]->name, "place '%s' has another position in line %zu",
						     kg_name_set_name(gazetteer->names, gazetteer->place[row]),
						     kg_table_line(data, first));
		}
	return KG_OK;
}

static enum kg_status place_spots(const struct kg_gazetteer *gazetteer, const struct kg_column *const *axis,
				  struct spot *spot, bool *unplaced, size_t *count, struct kg_error *error)
{
	for (uint32_t p = 0; p < gazetteer->nplace; p++) {
		uint32_t row = gazetteer->first[p];
		double longitude = kg_column_real(axis[0], row), latitude = kg_column_real(axis[1], row);

		unplaced[p] = isnan(longitude) || isnan(latitude);
		if (unplaced[p])
			continue;
		if (fabs(latitude) > 90)
			return refuse_angle(gazetteer->data, row, axis[1], 90, error);
		if (fabs(longitude) > 180)
			return refuse_angle(gazetteer->data, row, axis[0], 180, error);
		spot[(*count)++] =
		    (struct spot){ cos(latitude * DEGREE) * cos(longitude * DEGREE),
				   cos(latitude * DEGREE) * sin(longitude * DEGREE), sin(latitude * DEGREE), p };
	}
	return KG_OK;
}

static int compare_spots(const void *a, const void *b)
{
	const struct spot *one = a, *two = b;

	if (one->z != two->z)
		return one->z < two->z ? -1 : 1;
	return (one->place > two->place) - (one->place < two->place);
}

/* Keeps the k nearest, nearest first; of equally near ones the earlier in the data. */
static void keep_near(struct near *near, size_t *kept, size_t k, struct near next)
{
	size_t at = *kept;

	while (at && (near[at - 1].square > next.square ||
		      (near[at - 1].square == next.square && near[at - 1].place > next.place))) {
		if (at < k)
			near[at] = near[at - 1];
		at--;
	}
	if (at < k)
		near[at] = next;
	*kept += *kept < k;
}

static double find_square(const struct spot *a, const struct spot *b)
{
	double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;

	return x * x + y * y + z * z;
}

/* True while a spot so far away in z can still be among the nearest. */
static bool reaches(const struct near *near, size_t kept, size_t k, double z)
{
	return kept < k || z * z <= near[k - 1].square;
}

/* Nearest of spot i among the spots sorted by z: outwards in both directions. */
static void find_near(const struct spot *spot, size_t count, size_t i, struct near *near, size_t k)
{
	size_t kept = 0;

	for (size_t j = i + 1; j < count && reaches(near, kept, k, spot[j].z - spot[i].z); j++)
		keep_near(near, &kept, k, (struct near){ find_square(&spot[i], &spot[j]), spot[j].place });
	for (size_t j = i; j > 0 && reaches(near, kept, k, spot[i].z - spot[j - 1].z); j--)
		keep_near(near, &kept, k, (struct near){ find_square(&spot[i], &spot[j - 1]), spot[j - 1].place });
}

/* The k nearest of each spot. */
static enum kg_status pair_nearest(const struct spot *spot, size_t count, size_t k, struct kg_pairs *pairs,
				   struct kg_error *error)
{
	struct near *near = KG_ARRAY(pairs->arena, struct near, k);

	for (size_t i = 0; i < count; i++) {
		if (!near)
			return kg_error_memory(error);
		find_near(spot, count, i, near, k);
		for (size_t m = 0; m < k; m++)
			if (!kg_pairs_add_both(pairs, spot[i].place, near[m].place))
				return kg_error_memory(error);
	}
	return KG_OK;
}

/* All spots up to a distance: those after spot i in the order of z, no further off in z than the chord is long. */
static enum kg_status pair_within(const struct spot *spot, size_t count, double km, struct kg_pairs *pairs,
				  struct kg_error *error)
{
	double chord = 2 * sin(fmin(km / EARTH_KM, 2 * acos(0)) / 2);

	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count && spot[j].z - spot[i].z <= chord; j++)
			if (find_square(&spot[i], &spot[j]) <= chord * chord &&
			    !kg_pairs_add_both(pairs, spot[i].place, spot[j].place))
				return kg_error_memory(error);
	return KG_OK;
}

static size_t count_same(const struct spot *spot, size_t count)
{
	size_t same = 0;

	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (size_t j = i; j > 0 && !found && spot[j - 1].z == spot[i].z; j--)
			found = find_square(&spot[i], &spot[j - 1]) == 0;
		for (size_t j = i + 1; j < count && !found && spot[j].z == spot[i].z; j++)
			found = find_square(&spot[i], &spot[j]) == 0;
		same += found;
	}
	return same;
}

enum kg_status kg_neighbours_nearest(const struct kg_gazetteer *gazetteer, const struct kg_nearest *nearest,
				     struct kg_arena *arena, struct kg_neighbours *neighbours, struct kg_error *error)
{
	struct spot *spot = KG_ARRAY(arena, struct spot, gazetteer->nplace + 1);
	bool *unplaced = KG_ARRAY(arena, bool, gazetteer->nplace + 1);
	struct kg_pairs pairs = { .arena = arena };
	const struct kg_column *axis[2];
	size_t count = 0;

	*neighbours = (struct kg_neighbours){ .nplace = gazetteer->nplace, .place = gazetteer->place };
	KG_TRY(kg_table_number(gazetteer->data, nearest->longitude, &axis[0], error));
	KG_TRY(kg_table_number(gazetteer->data, nearest->latitude, &axis[1], error));
	if (!spot || !unplaced)
		return kg_error_memory(error);
	KG_TRY(check_rows(gazetteer, axis, error));
	KG_TRY(place_spots(gazetteer, axis, spot, unplaced, &count, error));
	if (count <= nearest->k)
		return kg_error_set(error, KG_EUSAGE,
				    "'--nearest %zu' needs more than %zu places with coordinates; there are %zu",
				    nearest->k, nearest->k, count);
	qsort(spot, count, sizeof *spot, compare_spots);
	neighbours->unplaced = unplaced;
	neighbours->same_spot = count_same(spot, count);
	if (nearest->k)
		KG_TRY(pair_nearest(spot, count, nearest->k, &pairs, error));
	else
		KG_TRY(pair_within(spot, count, nearest->km, &pairs, error));
	kg_pairs_sort(&pairs);
	return kg_pairs_lay_out(&pairs, neighbours, error);
}
