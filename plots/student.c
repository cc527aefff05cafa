#include "plots/student.h"

#include <math.h>

/* Halvings of [0, HALF_WIDTH_MOST]: beyond the digits of a double. */
#define HALVINGS 64
#define HALF_WIDTH_MOST 40.0

double kg_normal_half_width(double level)
{
	double low = 0, high = HALF_WIDTH_MOST;

	for (int i = 0; i < HALVINGS; i++) {
		double middle = (low + high) / 2;

		if (erfc(middle / sqrt(2)) > 1 - level)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

double kg_student_half_width(double level, double df)
{
	const double pi = 3.14159265358979323846, tail = 1 - level;
	double a, b, c, d, x, y;

	if (!(df >= 1))
		return NAN;
	if (df < 1.5)
		return 1 / tan(tail * pi / 2);
	if (df < 2.5)
		return sqrt(2 / (tail * (2 - tail)) - 2);
	a = 1 / (df - 0.5);
	b = 48 / (a * a);
	c = ((20700 * a / b - 98) * a - 16) * a + 96.36;
	d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * df;
	y = pow(d * tail, 2 / df);
	if (y > 0.05 + a) {
		x = -kg_normal_half_width(level);
		y = x * x;
		if (df < 5)
			c += 0.3 * (df - 4.5) * (x + 0.6);
		c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
		y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
		y = expm1(a * y * y);
	} else {
		y = ((1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3) + 0.5 / (df + 4)) * y - 1) *
			(df + 1) / (df + 2) +
		    1 / y;
	}
	return sqrt(df * y);
}
