#include "stats/apportion.h"

#include <math.h>

#include "stats/stat.h"

static size_t find_largest_remainder(double value, const double *share, const double *part, size_t n)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++)
		if (value * share[i] - part[i] > value * share[best] - part[best])
			best = i;
	return best;
}

void kg_apportion(double value, const double *share, size_t n, bool whole, double *part)
{
	long double rest = value;
	bool rounds = whole && value == nearbyint(value);

	for (size_t i = 0; i < n; i++) {
		part[i] = rounds ? floor(value * share[i]) : value * share[i];
		rest -= part[i];
	}
	for (size_t k = 0; rounds && rest >= 1 && k < n; k++, rest -= 1)
		part[find_largest_remainder(value, share, part, n)] += 1;
	if (!rounds && n)
		part[n - 1] += (double)rest;
}

/* Its call is kg_apportion. */
const struct kg_stat kg_stat_apportion = {
	.program = "harmonise",
	.id = "apportion",
	.title = "values carried from old units to new ones by shares",
	.formula = "new value = sum over old units of value times share; apportioned_share = the part of it that came "
		   "from units "
		   "that were split; with --whole the parts of a unit are rounded by largest remainders, so that they "
		   "sum to it",
	.source = "Goodchild & Lam 1980, Geo-Processing 1:297-312; largest remainders: Balinski & Young 2001, Fair "
		  "Representation, "
		  "2nd ed., chapter 3",
	.assumes = "values are counts, which add; the counted thing is spread within a split unit as the shares are "
		   "(usually as "
		   "population). Rates are rebuilt from carried counts, never carried themselves",
	.agrees = "the census of Hòa Bình re-based from 210 to 151 communes, to the person",
	.unit = "the value's own",
	.needs = KG_NEEDS_Y | KG_NEEDS_WEIGHT,
	.min_n = 1,
};
