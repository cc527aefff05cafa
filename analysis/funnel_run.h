/* funnel_run: what the program funnel holds while it runs: its places, methods, target and spread. */
#ifndef KG_FUNNEL_RUN_H
#define KG_FUNNEL_RUN_H

#include "participation_total.h"
#include "stats/funnel.h"

struct kg_funnel_options {
	const char *count, *population, *standardised, *as, *overdispersion;
	struct kg_names method;
	double multiplier, target;
};

#define KG_FUNNEL_METHODS_MOST 4

/* One method, with the target and spread of all places. */
struct kg_funnel_fitted {
	const char *id;
	const struct kg_funnel_method *method;
	struct kg_funnel_spread spread;
};

struct kg_funnel_run {
	const struct kg_funnel_options *options;
	const struct kg_context *context;
	struct kg_counts_source source;
	const struct kg_column *standardised;
	struct kg_groups groups;
	struct kg_counts_total total;
	struct kg_funnel_fitted fitted[KG_FUNNEL_METHODS_MOST];
	size_t nfitted;
	size_t nplace;	 /* groups that are places; the one after them, if any, is all places together */
	bool dispersion; /* rows of all places together are asked for */
	bool places;	 /* rows of each place are */
	enum kg_overdispersion how;
	double target, multiplier; /* target per one person */
	bool target_own;	   /* the target comes from the places */
	const char *unit;
	bool proportion;
};

/* Finds methods, columns and places, and fits target and spread over those that can be estimated. */
enum kg_status kg_funnel_open(struct kg_funnel_run *run, const struct kg_table *table,
			      struct kg_error *error) KG_CHECKED;

/* Counts of one place. False: memory is out. */
bool kg_funnel_read(const struct kg_funnel_run *run, size_t group, struct kg_arena *scratch, struct kg_counts *place);

/* Why a place is not assessed; NONE when it is. */
enum kg_why kg_funnel_refuse(const struct kg_funnel_run *run, const struct kg_counts *place);

#endif
