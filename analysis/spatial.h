/* spatial: what the parts of the program `spatial` share. */
#ifndef KG_SPATIAL_H
#define KG_SPATIAL_H

#include "program.h"
#include "report/tidy.h"
#include "stats/weights.h"
#include "table/neighbours.h"

struct kg_spatial_options {
	const char *value, *id, *population, *with, *style, *alternative, *islands, *adjust;
	struct kg_further neighbours;
	long nearest;
	double distance;
	const char *longitude, *latitude, *shapes, *contiguity;
	struct kg_names method;
	long permutations;
};

/* What was found in one group, for remarks. */
struct kg_spatial_map {
	size_t places, islands, components, unpopulated;
};

/* What one method found in one group, for sentences. */
struct kg_spatial_told {
	struct kg_term term;	 /* the statistic; a reason and no estimate where there is none */
	double expected, beside; /* by chance; bivariate: Pearson's correlation */
	size_t n, tested;
	size_t high, low, high_low, low_high; /* places in clusters: HH, high or BB; LL or low; HL; LH */
};

struct kg_spatial_run {
	const struct kg_spatial_options *options;
	const struct kg_table *table;
	const struct kg_column *value, *population, *with; /* NULL = none */
	struct kg_neighbours neighbours;
	struct kg_groups groups;
	struct kg_params params;
	struct kg_spatial_map *map;   /* by group */
	struct kg_spatial_told *told; /* by group, then method */
};

bool kg_spatial_is_local(const char *method);
bool kg_spatial_is_bivariate(const char *method);
enum kg_alternative kg_spatial_alternative(const struct kg_spatial_options *options, const char *method);

/* Where neighbours come from: --neighbours, --nearest, --distance or --shapes. KG_EUSAGE: none of them, two that
 * contradict, or no coordinates for them. */
enum kg_status kg_spatial_neighbours(struct kg_spatial_run *run, struct kg_arena *arena,
				     struct kg_error *error) KG_CHECKED;

/* Says where neighbours come from and what was left out. */
void kg_spatial_neighbours_remark(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena);

/* Says which rows have no value, population or second value. */
void kg_spatial_missing_remark(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena);

/* The places of one group: complete rows, their weights among each other. */
struct kg_spatial_places {
	struct kg_sample sample; /* y the value, x that of --with, exposure the population */
	struct kg_weights weights;
	uint32_t *row;	 /* of the table */
	uint32_t stream; /* of random numbers: the number of the group */
	size_t n_missing;
	struct kg_spatial_told *told; /* where the current method notes its findings */
};

/* KG_EDATA: a place twice, or an island under --islands error; names line and place. */
enum kg_status kg_spatial_gather(const struct kg_spatial_run *run, size_t group, struct kg_arena *scratch,
				 struct kg_spatial_places *places, struct kg_error *error) KG_CHECKED;

/* The policy on islands, alternatives, permutations and adjustment, then the findings as sentences. */
void kg_spatial_tell(const struct kg_spatial_run *run, struct kg_result *result, struct kg_arena *arena);

/* The default chart: values against the mean of their neighbours, or a map of clusters. One group only. */
enum kg_status kg_spatial_picture(const struct kg_spatial_run *run, const struct kg_table *table,
				  struct kg_picture *picture, struct kg_arena *arena,
				  struct kg_error *error) KG_CHECKED;

#endif
