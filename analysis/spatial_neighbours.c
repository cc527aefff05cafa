#include <string.h>

#include "neighbours_remark.h"
#include "spatial.h"

static enum kg_status check_sources(const struct kg_spatial_options *options, struct kg_error *error)
{
	int sources = (options->neighbours.table != NULL) + (options->nearest > 0) + (options->distance > 0);

	if (sources > 1)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "neighbours come from one of '--neighbours', '--nearest' and '--distance'; leave the "
		    "others out");
	if (options->contiguity && (sources || !options->shapes))
		return kg_error_set(error, KG_EUSAGE,
				    "'--contiguity' finds neighbours in '--shapes'; name the file, and leave "
				    "--neighbours, --nearest and --distance out");
	if ((options->nearest || options->distance > 0) && !(options->longitude && options->latitude))
		return kg_error_set(error, KG_EUSAGE,
				    "'--%s' needs the places' coordinates; name their columns with --longitude and "
				    "--latitude",
				    options->nearest ? "nearest" : "distance");
	if (!sources && !options->shapes)
		return kg_error_set(error, KG_EUSAGE,
				    "spatial needs to know who neighbours whom: '--neighbours FILE', '--shapes FILE' "
				    "(places that touch), or '--nearest K' or '--distance KM' with --longitude and "
				    "--latitude");
	return KG_OK;
}

enum kg_status kg_spatial_neighbours(struct kg_spatial_run *run, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_spatial_options *options = run->options;
	struct kg_nearest nearest = { (size_t)options->nearest, options->distance, options->longitude,
				      options->latitude };
	struct kg_contiguity contiguity = { options->shapes, false };
	struct kg_gazetteer gazetteer;

	KG_TRY(check_sources(options, error));
	KG_TRY(kg_gazetteer_make(run->table, options->id, arena, &gazetteer, error));
	if (options->neighbours.table)
		return kg_neighbours_listed(&gazetteer, options->neighbours.table, arena, &run->neighbours, error);
	if (options->nearest || options->distance > 0)
		return kg_neighbours_nearest(&gazetteer, &nearest, arena, &run->neighbours, error);
	contiguity.rook = options->contiguity && strcmp(options->contiguity, "rook") == 0;
	return kg_neighbours_contiguous(&gazetteer, &contiguity, arena, &run->neighbours, error);
}

static size_t count_unplaced(const struct kg_neighbours *found)
{
	size_t count = 0;

	for (size_t p = 0; found->unplaced && p < found->nplace; p++)
		count += found->unplaced[p];
	return count;
}

static void remark_coordinates(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	size_t lacking = count_unplaced(&run->neighbours);

	if (run->options->distance > 0)
		kg_result_remark(result, arena, "neighbours: places up to %g km away by great-circle distance",
				 run->options->distance);
	else
		kg_result_remark(result, arena,
				 "neighbours: the %ld nearest places by great-circle distance, and those that have the "
				 "place among theirs",
				 run->options->nearest);
	if (lacking)
		kg_result_remark(result, arena, "places without coordinates: %zu", lacking);
	if (run->neighbours.same_spot)
		kg_result_remark(result, arena, "places with the coordinates of another place: %zu",
				 run->neighbours.same_spot);
}

static void remark_shapes(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_neighbours *found = &run->neighbours;
	const char *slash = strrchr(run->options->shapes, '/'), *file = slash ? slash + 1 : run->options->shapes;
	size_t lacking = count_unplaced(found);

	if (run->options->contiguity && strcmp(run->options->contiguity, "rook") == 0)
		kg_result_remark(result, arena, "neighbours: places whose shapes share a piece of border (rook)");
	else
		kg_result_remark(result, arena, "neighbours: places whose shapes share a point or more (queen)");
	if (found->unknown)
		kg_result_remark(result, arena,
				 "shapes of '%s' that are of no place in the data and are left out: %zu (first: '%s')",
				 file, found->unknown, found->unknown_name);
	if (lacking)
		kg_result_remark(result, arena, "places without a shape in '%s': %zu", file, lacking);
	if (found->mended)
		kg_result_remark(result, arena, "shapes that cross themselves and were mended: %zu (first: '%s')",
				 found->mended, found->mended_name);
	if (found->overlaps)
		kg_result_remark(result, arena, "pairs of overlapping shapes, taken as neighbours: %zu",
				 found->overlaps);
}

void kg_spatial_neighbours_remark(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena)
{
	if (run->options->neighbours.table)
		kg_neighbours_remark(&run->neighbours, run->options->neighbours.table, result, arena);
	else if (run->options->nearest || run->options->distance > 0)
		remark_coordinates(run, result, arena);
	else
		remark_shapes(run, result, arena);
}
