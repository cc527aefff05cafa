#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"

/* Longest number text; longer ones cannot be told from a mistake. */
#define NUMBER_MOST 127
/* 10^22 is the largest power of ten that a double holds exactly: products and quotients with it round once. */
#define EXACT_POWER_MOST 22
/* Below this a p-value is only said to be below it. */
#define P_LEAST 1e-4

static const double exact_power[EXACT_POWER_MOST + 1] = { 1e0,	1e1,  1e2,  1e3,  1e4,	1e5,  1e6,  1e7,
							  1e8,	1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
							  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* A number taken apart: digits as one integer and the power of ten it is to be scaled by. */
struct parts {
	uint64_t mantissa;
	int power, digits; /* significant digits read; above 19 the mantissa is not complete */
	bool negative, integer;
};

static const char *scan_exponent(const char *at, const char *end, int *exponent)
{
	bool negative = false;
	int value = 0;

	if (at == end || (*at != 'e' && *at != 'E'))
		return at;
	at++;
	if (at < end && (*at == '+' || *at == '-'))
		negative = *at++ == '-';
	if (at == end || !isdigit((unsigned char)*at))
		return NULL;
	for (; at < end && isdigit((unsigned char)*at); at++)
		value = value < 100000 ? value * 10 + (*at - '0') : value;
	*exponent = negative ? -value : value;
	return at;
}

static void add_digit(struct parts *parts, char digit)
{
	if (parts->digits || digit != '0')
		parts->digits++;
	if (parts->digits <= 19)
		parts->mantissa = parts->mantissa * 10 + (uint64_t)(digit - '0');
	else
		parts->power++;
}

/* Digits before the decimal character; with a group character each group after the first has three. */
static const char *scan_whole(const char *at, const char *end, char group, struct parts *parts, size_t *digits)
{
	size_t run = 0;
	bool grouped = false;

	for (; at < end; at++) {
		if (isdigit((unsigned char)*at)) {
			add_digit(parts, *at);
			run++, (*digits)++;
		} else if (group && *at == group) {
			if (run == 0 || run > 3 || (grouped && run != 3))
				return NULL;
			grouped = true;
			run = 0;
		} else {
			break;
		}
	}
	return grouped && run != 3 ? NULL : at;
}

static bool scan_parts(const char *at, const char *end, char decimal, char group, struct parts *parts)
{
	size_t digits = 0;
	int exponent = 0;

	if (at < end && (*at == '-' || *at == '+'))
		parts->negative = *at++ == '-';
	at = scan_whole(at, end, group, parts, &digits);
	if (!at)
		return false;
	parts->integer = true;
	if (at < end && *at == decimal) {
		parts->integer = false;
		for (at++; at < end && isdigit((unsigned char)*at); at++, digits++) {
			add_digit(parts, *at);
			parts->power--;
		}
	}
	if (!digits)
		return false;
	parts->integer = parts->integer && at == end;
	at = scan_exponent(at, end, &exponent);
	parts->power += exponent;
	return at == end;
}

/* The slow road: hands a cleaned copy to the C library, which rounds correctly. */
static double round_slowly(const char *text, size_t length, char decimal, char group)
{
	char clean[NUMBER_MOST + 1];
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		if (group && text[i] == group)
			continue;
		clean[n++] = text[i] == decimal ? '.' : text[i];
	}
	clean[n] = '\0';
	return strtod(clean, NULL);
}

enum kg_parse kg_number_parse(const char *text, size_t length, char decimal, char group, double *value)
{
	struct parts parts = { 0 };
	double result;

	if (length > NUMBER_MOST || !scan_parts(text, text + length, decimal, group, &parts))
		return KG_NOT_A_NUMBER;
	if (parts.digits <= 19 && parts.mantissa <= (uint64_t)KG_INTEGER_MOST && abs(parts.power) <= EXACT_POWER_MOST) {
		result = (double)parts.mantissa;
		result = parts.power < 0 ? result / exact_power[-parts.power] : result * exact_power[parts.power];
		result = parts.negative ? -result : result;
	} else {
		result = round_slowly(text, length, decimal, group);
	}
	if (isinf(result) || (parts.integer && (parts.digits > 19 || parts.mantissa > (uint64_t)KG_INTEGER_MOST)))
		return KG_TOO_LARGE;
	*value = result;
	return KG_PARSED;
}

bool kg_number_is_code(const char *text, size_t length)
{
	if (length && (*text == '-' || *text == '+'))
		text++, length--;
	return length > 1 && text[0] == '0' && isdigit((unsigned char)text[1]);
}

/* Writes a whole number's digits so that they end before `end`; returns where they begin. */
static char *write_whole(char *end, unsigned long long whole)
{
	do
		*--end = (char)('0' + whole % 10);
	while (whole /= 10);
	return end;
}

/* Room for a sign, 17 digits, a point, zeros before or after them, or an exponent. */
#define EXACT_ROOM 40

/* Fixed notation where the exponent allows, else scientific: the layout of printf's %g. Returns its end. */
static char *lay_out_digits(char *end, const struct kg_digits *digits)
{
	int count = (int)strlen(digits->digit), used = count, whole = digits->exponent + 1;

	while (used > 1 && digits->digit[used - 1] == '0')
		used--;
	if (digits->exponent < -4 || digits->exponent >= count)
		return end + sprintf(end, "%.1s%s%.*se%c%02d", digits->digit, used > 1 ? "." : "", used - 1,
				     digits->digit + 1, digits->exponent < 0 ? '-' : '+', abs(digits->exponent));
	if (whole <= 0) {
		*end++ = '0';
		*end++ = '.';
		for (; whole < 0; whole++)
			*end++ = '0';
		memcpy(end, digits->digit, (size_t)used);
		return end + used;
	}
	for (int i = 0; i < whole; i++)
		*end++ = i < used ? digits->digit[i] : '0';
	if (used <= whole)
		return end;
	*end++ = '.';
	memcpy(end, digits->digit + whole, (size_t)(used - whole));
	return end + used - whole;
}

void kg_number_exact(struct kg_buffer *buffer, double value)
{
	double magnitude = fabs(value);
	char text[EXACT_ROOM], *end = text;
	struct kg_digits digits;

	if (!isfinite(value))
		return;
	if (magnitude < KG_INTEGER_MOST && magnitude == nearbyint(magnitude)) {
		end = write_whole(text + sizeof text, (unsigned long long)magnitude);
		if (value < 0)
			*--end = '-';
		kg_buffer_add_n(buffer, end, (size_t)(text + sizeof text - end));
		return;
	}
	if (value < 0)
		*end++ = '-';
	digits = kg_digits_shortest(magnitude);
	end = lay_out_digits(end, &digits);
	kg_buffer_add_n(buffer, text, (size_t)(end - text));
}

static void add_localised(struct kg_buffer *buffer, const char *plain, enum kg_language language)
{
	const char *group = language == KG_VIETNAMESE ? "." : ",", *decimal = language == KG_VIETNAMESE ? "," : ".";
	size_t whole = strspn(plain + (*plain == '-'), "0123456789");

	if (*plain == '-')
		kg_buffer_add_char(buffer, *plain++);
	for (size_t i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0)
			kg_buffer_add(buffer, group);
		kg_buffer_add_char(buffer, plain[i]);
	}
	for (plain += whole; *plain; plain++) {
		if (*plain == '.')
			kg_buffer_add(buffer, decimal);
		else
			kg_buffer_add_char(buffer, *plain);
	}
}

void kg_number_fixed(struct kg_buffer *buffer, double value, int decimals, enum kg_language language)
{
	char text[400];

	if (!isfinite(value))
		return;
	snprintf(text, sizeof text, "%.*f", decimals, value);
	if (*text == '-' && strspn(text + 1, "0.") == strlen(text + 1))
		memmove(text, text + 1, strlen(text));
	add_localised(buffer, text, language);
}

void kg_number_display(struct kg_buffer *buffer, double value, int digits, enum kg_language language)
{
	char text[64];
	int magnitude;

	if (!isfinite(value))
		return;
	if (fabs(value) < 1e15 && value == nearbyint(value)) {
		kg_number_fixed(buffer, value, 0, language);
		return;
	}
	snprintf(text, sizeof text, "%.*e", digits - 1, value);
	magnitude = atoi(strchr(text, 'e') + 1);
	if (magnitude < -4 || magnitude >= 15)
		add_localised(buffer, text, language);
	else
		kg_number_fixed(buffer, value, magnitude >= digits - 1 ? 0 : digits - 1 - magnitude, language);
}

void kg_number_p(struct kg_buffer *buffer, double p, int digits, enum kg_language language)
{
	if (p < P_LEAST)
		kg_buffer_add(buffer, "<1e-4");
	else
		kg_number_display(buffer, p, digits, language);
}
