/* stat: one statistic = one file with one of these structs, and one line in stats.def.
 * Pure numbers in, numbers out: no files, no tables, no globals. Inputs are borrowed. */
#ifndef KG_STATS_STAT_H
#define KG_STATS_STAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/design.h"
#include "base/term.h"

/* Complete cases of one group. What a statistic needs it names in `needs`; the rest may be NULL. */
struct kg_sample {
	size_t n;
	const double *y;	 /* outcome, value, count */
	const double *x;	 /* covariate, or true time in years */
	const double *weight;	 /* > 0 */
	const double *exposure;	 /* population, denominator, trials; > 0 */
	const long *period;	 /* calendar key: consecutive periods differ by 1 */
	const uint32_t *stratum, *cluster;
	const struct kg_design *design;
};

enum kg_needs {
	KG_NEEDS_Y = 1,
	KG_NEEDS_X = 2,
	KG_NEEDS_WEIGHT = 4,
	KG_NEEDS_EXPOSURE = 8,
	KG_NEEDS_PERIOD = 16,
	KG_NEEDS_DESIGN = 32,
	KG_NEEDS_CLUSTER = 64,
	KG_NEEDS_STRATUM = 128
};

enum kg_covariance { KG_COV_CLASSICAL, KG_COV_HC0, KG_COV_HC1, KG_COV_HC2, KG_COV_HC3, KG_COV_CLUSTER };

/* What a call asks for besides the data. Fields that a method does not name in `assumes` are ignored by it. */
struct kg_params {
	double conf_level; /* 0 < level < 1 */
	double multiplier; /* rates are per this many */
	uint64_t seed;
	uint32_t stream;	       /* number of the group: names the random stream */
	size_t replicates, permutations; /* 0 = the method's own default */
	size_t threads;			 /* for resampling inside one group; 0 = all cores */
	enum kg_covariance covariance;
	const char *interval; /* id of the interval method, NULL = the method's own */
	long base;	      /* calendar key of the base period; KG_BASE_FIRST = the first */
	size_t lag;	      /* in periods, 1 or more */
	const char *period_noun; /* "year": for units such as "% per year" */
	const void *own;      /* what one family alone needs: the struct is in that family's header */
};
#define KG_BASE_FIRST ((long)-2147483648L)

struct kg_stat {
	const char *program; /* the program that offers it as a method */
	const char *id;	     /* lower-hyphen; the column `method` */
	/* Documentation that --help, `keng explain`, the manual and the tests read; none may be empty. */
	const char *title, *formula, *source, *assumes, *agrees;
	const char *unit; /* of the estimate: "% per year", "events per --multiplier persons", "-1 to 1" */
	unsigned needs; /* enum kg_needs */
	size_t min_n;	/* fewer observations: the caller writes a row with KG_WHY_TOO_FEW and does not call fit */
	/* Writes at most `room` terms, returns how many. Conditions of the data are terms with `why`. 0 terms with
	 * kg_arena_failed(scratch) = memory is out. NULL where the family has a call of its own (its header says). */
	size_t (*fit)(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		      struct kg_term *out, size_t room);
	size_t terms_most; /* room a caller must offer; 0 = n + 8 */
};

/* All statistics, in the order of stats.def (sorted by program, then by the order they are offered in). */
const struct kg_stat *const *kg_stat_all(size_t *count);

/* The method of a program, or NULL. */
const struct kg_stat *kg_stat_find(const char *program, const char *id);

/* Ids of a program's methods, default first; text in `ids`, returns how many there are. */
size_t kg_stat_ids(const char *program, const char **ids, size_t room);

/* Version of R's mathlib, which gives the distribution functions. */
const char *kg_stat_library(void);

#endif
