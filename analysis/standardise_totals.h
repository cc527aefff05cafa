/* standardise_totals: what a standardised figure is made of, beside it: events, and population or expected events, and
 * the rate before standardisation. */
#ifndef KG_STANDARDISE_TOTALS_H
#define KG_STANDARDISE_TOTALS_H

#include "report/tidy.h"
#include "standardise_group.h"

#define KG_STANDARD_TOTALS 3

/* observed, denominator (the population), crude_rate; indirect: observed, expected, reference_rate. */
const struct kg_own *kg_standard_totals(bool indirect);

/* Fills them, rates per multiplier. Empty where a count or population is missing, negative or a bound, since then none
 * of them is one number. */
void kg_standard_totals_set(const struct kg_standard_strata *strata, const struct kg_strata_group *of, bool indirect,
			    double multiplier, struct kg_row *row);

#endif
