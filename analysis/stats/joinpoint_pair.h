/* joinpoint_pair: whether two series follow one joinpoint model (coincidence), or one but for its level (parallelism),
 * by permutation. Source: Kim, Fay, Yu, Barrett & Feuer 2004, "Comparability of segmented line regression models",
 * Biometrics 60: 1005-1014. Pure numbers. */
#ifndef KG_STATS_JOINPOINT_PAIR_H
#define KG_STATS_JOINPOINT_PAIR_H

#include "stats/joinpoint_series.h"

struct kg_joinpoint_pair {
	const struct kg_points *series[2]; /* independent errors; the same scale of weights */
	struct kg_joinpoint_rules rules;   /* most: as many as every series alone allows */
	bool parallel;			   /* the level may differ; false: it may not */
};

struct kg_joinpoint_pair_test {
	size_t joinpoints; /* that both hypotheses are fitted with */
	double shift;	   /* of the second series' level; 0 unless parallel */
	double statistic;  /* ((Q0 - Q1) / (p1 - p0)) / (Q1 / df) */
	double df;
	double p_value; /* (draws with at least that + 1) / (draws + 1) */
};

/* Sum of squares of the joint model with k joinpoints, and where it lies. For each shift the placement is exact; shift
 * and placement are found in turn until neither moves. False when memory is out. */
bool kg_joinpoint_joint(const struct kg_joinpoint_pair *pair, size_t k, struct kg_arena *scratch, double *shift,
			struct kg_placement *placement);

/* `least`: the larger of the numbers of joinpoints of the two series alone; that of the joint model (their weighted
 * means, after the shift) is chosen here by the rule in params->own and may be larger. params->permutations, 0 = 4,499.
 * False when memory is out. */
bool kg_joinpoint_pair_run(const struct kg_joinpoint_pair *pair, size_t least, const struct kg_params *params,
			   struct kg_arena *scratch, struct kg_joinpoint_pair_test *test);

#endif
