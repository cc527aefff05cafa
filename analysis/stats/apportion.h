/* apportion: one amount divided by shares. */
#ifndef KG_STATS_APPORTION_H
#define KG_STATS_APPORTION_H

#include <stdbool.h>
#include <stddef.h>

/* part[i] = value * share[i]; shares >= 0 sum to 1. `whole` and a whole value: whole parts with the same sum, by the
 * largest remainders (Hamilton), the first of equal ones first. The parts always sum to the value. */
void kg_apportion(double value, const double *share, size_t n, bool whole, double *part);

#endif
