/* spatial: what the parts of the program `spatial` share. */
#ifndef KG_SPATIAL_H
#define KG_SPATIAL_H

#include "program.h"
#include "report/tidy.h"
#include "stats/weights.h"
#include "table/neighbours.h"

struct kg_spatial_options {
	const char *value, *id, *population, *style, *alternative, *islands, *adjust;
	struct kg_further neighbours;
	long nearest;
	const char *longitude, *latitude, *shapes, *contiguity;
	struct kg_names method;
	long permutations;
};

/* What was found in one group, for remarks. */
struct kg_spatial_map {
	size_t places, islands, components;
};

struct kg_spatial_run {
	const struct kg_spatial_options *options;
	const struct kg_table *table;
	const struct kg_column *value, *population; /* population NULL = none */
	struct kg_neighbours neighbours;
	struct kg_groups groups;
	struct kg_params params;
	struct kg_spatial_map *map; /* by group */
};

/* Where neighbours come from: --neighbours, --nearest or --shapes. KG_EUSAGE: none of them, two that contradict, or
 * coordinates without --nearest. */
enum kg_status kg_spatial_neighbours(struct kg_spatial_run *run, struct kg_arena *arena,
				     struct kg_error *error) KG_CHECKED;

/* Says where neighbours come from and what was left out. */
void kg_spatial_neighbours_remark(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena);

/* The places of one group: complete rows, their weights among each other. */
struct kg_spatial_places {
	struct kg_sample sample; /* y the value, exposure the population */
	struct kg_weights weights;
	uint32_t *row; /* of the table */
	size_t n_missing;
};

/* KG_EDATA: a place twice, or an island under --islands error; names line and place. */
enum kg_status kg_spatial_gather(const struct kg_spatial_run *run, size_t group, struct kg_arena *scratch,
				 struct kg_spatial_places *places, struct kg_error *error) KG_CHECKED;

#endif
