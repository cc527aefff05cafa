#include "plots/curve.h"

#include <math.h>

#include "plots/student.h"

#define STEPS_MOST 60
#define CONVERGED 1e-10
/* A log-odds difference over the data's range beyond this is a separation that the iteration runs after. */
#define LOG_ODDS_MOST 40

struct moments {
	double n, x, spread; /* count, mean, sum of squared deviations */
};

static struct moments find_moments(const double *x, const double *y, size_t n)
{
	struct moments m = { 0, 0, 0 };

	for (size_t i = 0; i < n; i++)
		if (isfinite(x[i]) && isfinite(y[i]))
			m.n++, m.x += x[i];
	m.x /= m.n;
	for (size_t i = 0; i < n; i++)
		if (isfinite(x[i]) && isfinite(y[i]))
			m.spread += (x[i] - m.x) * (x[i] - m.x);
	return m;
}

bool kg_curve_line(const double *x, const double *y, size_t n, double level, struct kg_curve *curve)
{
	struct moments m = find_moments(x, y, n);
	double sum = 0, product = 0, residual = 0;

	if (m.n < 3 || !(m.spread > 0))
		return false;
	for (size_t i = 0; i < n; i++)
		if (isfinite(x[i]) && isfinite(y[i]))
			sum += y[i], product += (x[i] - m.x) * y[i];
	*curve = (struct kg_curve){ .centre = m.x, .b0 = sum / m.n, .b1 = product / m.spread };
	for (size_t i = 0; i < n; i++)
		if (isfinite(x[i]) && isfinite(y[i]))
			residual += pow(y[i] - curve->b0 - curve->b1 * (x[i] - m.x), 2);
	residual /= m.n - 2;
	curve->v00 = residual / m.n;
	curve->v11 = residual / m.spread;
	curve->multiplier = kg_student_half_width(level, m.n - 2);
	return true;
}

/* Score and information of the logistic likelihood at the curve, x in units of `scale`. */
struct step {
	double s0, s1, i00, i01, i11;
};

static struct step take_step(const double *x, const double *y, size_t n, const struct kg_curve *curve, double scale)
{
	struct step step = { 0 };

	for (size_t i = 0; i < n; i++) {
		double z = (x[i] - curve->centre) / scale, p = 1 / (1 + exp(-(curve->b0 + curve->b1 * z)));

		if (!isfinite(z) || !isfinite(y[i]))
			continue;
		step.s0 += y[i] - p;
		step.s1 += (y[i] - p) * z;
		step.i00 += p * (1 - p);
		step.i01 += p * (1 - p) * z;
		step.i11 += p * (1 - p) * z * z;
	}
	return step;
}

bool kg_curve_logistic(const double *x, const double *y, size_t n, double level, struct kg_curve *curve)
{
	struct moments m = find_moments(x, y, n);
	double scale = sqrt(m.spread / m.n);

	if (m.n < 3 || !(m.spread > 0))
		return false;
	*curve = (struct kg_curve){ .centre = m.x, .multiplier = kg_normal_half_width(level), .logistic = true };
	for (int i = 0; i < STEPS_MOST; i++) {
		struct step step = take_step(x, y, n, curve, scale);
		double determinant = step.i00 * step.i11 - step.i01 * step.i01;
		double d0 = (step.s0 * step.i11 - step.s1 * step.i01) / determinant;
		double d1 = (step.s1 * step.i00 - step.s0 * step.i01) / determinant;

		curve->b0 += d0;
		curve->b1 += d1;
		if (!(determinant > 0) || !(fabs(curve->b0) < LOG_ODDS_MOST) || !(fabs(curve->b1) < LOG_ODDS_MOST))
			return false;
		if (fabs(d0) + fabs(d1) > CONVERGED)
			continue;
		curve->b1 /= scale;
		curve->v00 = step.i11 / determinant;
		curve->v01 = -step.i01 / determinant / scale;
		curve->v11 = step.i00 / determinant / scale / scale;
		return true;
	}
	return false;
}

static double map(const struct kg_curve *curve, double value)
{
	return curve->logistic ? 1 / (1 + exp(-value)) : value;
}

void kg_curve_at(const struct kg_curve *curve, double x, double *y, double *low, double *high)
{
	double z = x - curve->centre, middle = curve->b0 + curve->b1 * z;
	double half = curve->multiplier * sqrt(curve->v00 + 2 * z * curve->v01 + z * z * curve->v11);

	*y = map(curve, middle);
	*low = map(curve, middle - half);
	*high = map(curve, middle + half);
}
