/* root: where a continuous function changes sign. */
#ifndef KG_STATS_ROOT_H
#define KG_STATS_ROOT_H

typedef double kg_root_function(const void *context, double x);

/* A zero of `function` between `low` and `high`, where its values have opposite signs (or one is 0), to the last digit
 * that double separates. NaN: no change of sign, or a value that is NaN. Brent (1973), "Algorithms for minimization
 * without derivatives", chapter 4: bisection and inverse quadratic interpolation. */
double kg_root_find(kg_root_function *function, const void *context, double low, double high);

#endif
