#include "base/digits.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 10^22 times 2^53 is below 2^127. */
#define POWER_MOST 22
#define MANTISSA_BITS 53
#define LOG10_2 0.30102999566398120

typedef unsigned __int128 wide;

static const uint64_t power_of_ten[] = { 1ull,
					 10ull,
					 100ull,
					 1000ull,
					 10000ull,
					 100000ull,
					 1000000ull,
					 10000000ull,
					 100000000ull,
					 1000000000ull,
					 10000000000ull,
					 100000000000ull,
					 1000000000000ull,
					 10000000000000ull,
					 100000000000000ull,
					 1000000000000000ull,
					 10000000000000000ull,
					 100000000000000000ull,
					 1000000000000000000ull,
					 10000000000000000000ull };
#define POWER_OF_64_BITS 19

struct kg_digits kg_digits_by_library(double magnitude)
{
	struct kg_digits digits = { .exponent = 0 };
	char text[40];

	for (int count = KG_DIGITS_FEWEST; count <= KG_DIGITS_ALWAYS; count++) {
		snprintf(text, sizeof text, "%.*e", count - 1, magnitude);
		if (count == KG_DIGITS_ALWAYS || strtod(text, NULL) == magnitude)
			break;
	}
	digits.digit[0] = text[0];
	memcpy(digits.digit + 1, text + 2, strcspn(text + 2, "e"));
	digits.exponent = atoi(strchr(text, 'e') + 1);
	return digits;
}

/* A double times 10^power without rounding: whole / 2^shift, `unit` 10^power. */
struct scaled {
	wide whole, unit;
	unsigned shift;
	bool even; /* the double's last bit is 0: half way to its neighbours still reads back as it */
};

/* Scales so that 17 digits stand before the point. False: that does not fit, or the neighbours are not equally near. */
static bool scale(double magnitude, struct scaled *scaled, int *exponent)
{
	int binary, shift, power;
	uint64_t mantissa = (uint64_t)(frexp(magnitude, &binary) * 0x1p53);

	shift = MANTISSA_BITS - binary;
	*exponent = (int)floor((binary - 1) * LOG10_2); /* or one more */
	for (int tries = 0; tries < 2; tries++, ++*exponent) {
		power = KG_DIGITS_ALWAYS - 1 - *exponent;
		if (power < 0 || power > POWER_MOST || shift < 1 || mantissa == (uint64_t)1 << (MANTISSA_BITS - 1))
			return false;
		scaled->unit = power <= POWER_OF_64_BITS
				   ? power_of_ten[power]
				   : (wide)power_of_ten[POWER_OF_64_BITS] * power_of_ten[power - POWER_OF_64_BITS];
		scaled->whole = mantissa * scaled->unit;
		scaled->shift = (unsigned)shift;
		scaled->even = mantissa % 2 == 0;
		if (scaled->whole >> shift < power_of_ten[KG_DIGITS_ALWAYS])
			return scaled->whole >> shift >= power_of_ten[KG_DIGITS_ALWAYS - 1];
	}
	return false;
}

/* The value as a whole number of steps of 10^(17 - count), halves to even. */
static uint64_t round_to(const struct scaled *scaled, int count)
{
	uint64_t step = power_of_ten[KG_DIGITS_ALWAYS - count];
	uint64_t integer = (uint64_t)(scaled->whole >> scaled->shift), steps = integer / step;
	wide rest = ((wide)(integer % step) << scaled->shift) + (scaled->whole & (((wide)1 << scaled->shift) - 1));
	wide half = (wide)step << scaled->shift >> 1;

	return steps + (rest > half || (rest == half && steps % 2 == 1));
}

/* Within half a step between doubles: 10^power / 2 in the scale of `whole`. */
static bool reads_back(const struct scaled *scaled, uint64_t steps, int count)
{
	wide value = (wide)steps * power_of_ten[KG_DIGITS_ALWAYS - count] << scaled->shift;
	wide twice = 2 * (value > scaled->whole ? value - scaled->whole : scaled->whole - value);

	return twice < scaled->unit || (twice == scaled->unit && scaled->even);
}

struct kg_digits kg_digits_shortest(double magnitude)
{
	struct kg_digits digits = { .exponent = 0 };
	struct scaled scaled;
	int count = KG_DIGITS_ALWAYS;
	uint64_t steps;

	if (!scale(magnitude, &scaled, &digits.exponent))
		return kg_digits_by_library(magnitude);
	steps = round_to(&scaled, count);
	for (int fewer = count - 1; fewer >= KG_DIGITS_FEWEST; fewer--) { /* from above: most doubles need 16 or 17 */
		uint64_t rounded = round_to(&scaled, fewer);

		if (!reads_back(&scaled, rounded, fewer))
			break;
		steps = rounded;
		count = fewer;
	}
	if (steps >= power_of_ten[count]) {
		steps /= 10;
		digits.exponent++;
	}
	for (int i = count - 1; i >= 0; i--, steps /= 10)
		digits.digit[i] = (char)('0' + steps % 10);
	return digits;
}
