/* design: the model matrix of a formula. table/formula makes it, stats/ uses it. */
#ifndef KG_BASE_DESIGN_H
#define KG_BASE_DESIGN_H

#include <stdbool.h>
#include <stddef.h>

/* Complete cases only. Column-major: value of row i in column j is x[j * n + i]. */
struct kg_design {
	size_t n, p;
	const double *x;
	const char *const *name; /* p coefficient names; the intercept is "(Intercept)" */
	bool intercept;		 /* a column of ones is among them */
	const double *x_low;	 /* what rounding took from x (x^10, log(x)): the value is x + x_low; NULL = nothing */
};

#endif
