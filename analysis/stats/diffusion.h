/* diffusion: S-curves of adoption, fitted to totals so far or to flows per period. Pure numbers. */
#ifndef KG_STATS_DIFFUSION_H
#define KG_STATS_DIFFUSION_H

#include "stats/nonlinear.h"
#include "stats/stat.h"

/* params->own of the diffusion methods. */
struct kg_diffusion_options {
	bool flow;	  /* y is per period, not a total so far */
	double ceiling;	  /* known final total, NaN = estimated */
	double step;	  /* length of a period in years */
	const char *unit; /* of y */
};

/* A curve N(t) = ceiling * share(t; a, b). */
struct kg_diffusion_curve {
	/* Share reached at time t (0 at minus infinity, 1 at infinity); derivatives by a and b. */
	long double (*share)(double t, double a, double b, long double *by_a, long double *by_b);
	/* Time and share per year of the largest flow; derivatives by a and b. NaN time: the flow only falls. */
	void (*peak)(double a, double b, double *time, double time_by[2], double *rate, double rate_by[2]);
	/* A start for a and b: the share should be `at` at time `middle` and rise over about `width`. */
	void (*start)(double middle, double width, double *a, double *b);
	const char *ceiling, *a, *b; /* names of the terms */
	const char *unit_a, *unit_b;
	/* Rate of the share at time t where flows are taken as that; NULL: as differences of the share. */
	long double (*density)(double t, double a, double b, long double *by_a, long double *by_b);
	bool regression; /* by regression of flows on totals before them (Bass 1969) */
	bool from_zero;	 /* time counts from the period before the first, and totals are fitted as flows */
};

/* Terms: ceiling, a, b, peak_time, peak_flow. */
size_t kg_diffusion_fit(const struct kg_diffusion_curve *curve, const struct kg_sample *sample,
			const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out, size_t room);
#define KG_DIFFUSION_TERMS 5

/* Bass's regression of each flow on the total before it and its square; `ceiling` NaN = estimated. Writes ceiling (when
 * not known), p and q, and their covariance. NOT_CONVERGED: no real ceiling. False when memory is out. */
bool kg_diffusion_regress(const double *flow, size_t n, double ceiling, struct kg_arena *scratch,
			  struct kg_nonlinear_fit *fit);

/* A fitted curve at the points of a sample: totals, or flows per period where options->flow; limits by the delta
 * method; `peak`: the point next to the largest flow. */
struct kg_diffusion_drawn {
	double *fitted, *low, *high;
	bool *peak;
};

/* Fills them; they are left as they are where there is no curve. False when memory is out. */
bool kg_diffusion_draw(const struct kg_diffusion_curve *curve, const struct kg_sample *sample,
		       const struct kg_params *params, struct kg_arena *scratch,
		       const struct kg_diffusion_drawn *drawn);

/* The curve of a method. */
extern const struct kg_diffusion_curve kg_diffusion_bass, kg_diffusion_bass_density, kg_diffusion_bass_regression,
    kg_diffusion_logistic, kg_diffusion_gompertz;
const struct kg_diffusion_curve *kg_diffusion_curve_find(const char *method);

#endif
