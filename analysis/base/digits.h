/* digits: a double as the decimal digits that stand for it. */
#ifndef KG_BASE_DIGITS_H
#define KG_BASE_DIGITS_H

/* The last of these numbers of significant digits always reads back as the same double. */
#define KG_DIGITS_FEWEST 15
#define KG_DIGITS_ALWAYS 17

/* value = d1.d2 d3 ... x 10^exponent; zeros may stand at the end. */
struct kg_digits {
	char digit[KG_DIGITS_ALWAYS + 1];
	int exponent;
};

/* In: a finite double above 0. Out: its value rounded to 15 significant digits, or to 16 or 17 where fewer would not
 * read back as the same double. */
struct kg_digits kg_digits_shortest(double magnitude);

/* The same by printf and strtod alone, slowly: what kg_digits_shortest does where integers do not suffice. */
struct kg_digits kg_digits_by_library(double magnitude);

#endif
