/* standardise_strata: the strata of a standard or reference population, and which of them each row of the data is.
 * Everything lives in the arena passed in. */
#ifndef KG_STANDARDISE_STRATA_H
#define KG_STANDARDISE_STRATA_H

#include "program.h"
#include "standardise_figures.h"
#include "table/group.h"
#include "table/name_set.h"

/* Where the standard comes from: a file of its own, or columns of the data, or (both NULL) the data's own totals. */
struct kg_standard_plan {
	const struct kg_table *data, *file; /* file NULL = none */
	const char *file_name;
	const char *strata;		/* column, of the same name in both */
	const char *weight;		/* direct: standard population */
	const char *count, *population; /* indirect: events and population of the reference */
	bool missing_zero;		/* missing events are a true zero */
};

struct kg_standard_strata {
	struct kg_name_set *names; /* strata are the same by name, in any spelling (table/name_set.h) */
	size_t count;
	const char **name;
	double *weight; /* direct: standard population; indirect: rate per person */
	double crude;	/* indirect: rate of the whole reference, per person */
	/* Direct: standard populations, and none. Indirect: events and population of the reference. */
	struct kg_strata_figures standard, people;
	bool bounded;		  /* some of these are bounds */
	bool own;		  /* they are the sums of the data: each group's figures are among them */
	uint32_t *of_row;	  /* stratum of each row of the data */
	struct kg_message whence; /* a sentence for the remarks */
};

/* Direct standard. KG_EDATA: strata of the data that the standard lacks, or the other way round (all are listed), a
 * stratum that stands twice in the file, or with two weights in the data. */
enum kg_status kg_strata_direct(const struct kg_standard_plan *plan, struct kg_arena *arena,
				struct kg_standard_strata *strata, struct kg_error *error) KG_CHECKED;

/* Indirect reference; the same errors. */
enum kg_status kg_strata_indirect(const struct kg_standard_plan *plan, struct kg_arena *arena,
				  struct kg_standard_strata *strata, struct kg_error *error) KG_CHECKED;

/* Names, for the first few groups that lack some, the strata they lack. */
void kg_strata_remark_lacking(const struct kg_standard_strata *strata, const struct kg_groups *groups,
			      struct kg_result *result, struct kg_arena *arena);

#endif
