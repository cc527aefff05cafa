/* picture: a chart that is asked for, as data. Programs and commands fill it, plots/ draws it. All texts are borrowed.
 */
#ifndef KG_REPORT_PICTURE_H
#define KG_REPORT_PICTURE_H

#include "base/number.h"
#include "table/table.h"

struct kg_picture {
	const char *kind;		/* id of the chart: "line", "fit" ... */
	const struct kg_table *table;	/* what is drawn; its provenance gives footer, breaks and the synthetic mark */
	const struct kg_table *data;	/* raw observations behind a fitted table (points), NULL = none */
	const char *x, *y, *low, *high; /* column names; NULL = the chart's own choice */
	const char *group, *label;
	const char *order; /* lorenz: places stand in ascending order of it, a concentration curve; NULL = of their means */
	bool means;	   /* lorenz: y is an amount per person of x, not a total */
	const char *shapes;		       /* map: a GeoJSON file */
	const char *highlight;		       /* the series that stands out among many, NULL = the chart's choice */
	const char *title, *subtitle, *source; /* title: a text or one for each language; NULL = made from the table */
	const char *note;		       /* n and method, for the footer */
	const char *size;		       /* preset: "column", "page" (default), "slide" */
	double width_mm, height_mm;	       /* 0 = the preset's */
	double table_level; /* of the intervals in the table when it has no column conf_level; 0 = not known */
	double conf_level;  /* of the bands that the chart computes itself; 0 = 0.95 */
	double reference;   /* a level that is marked: target of a funnel, ceiling of a spread; 0 = none */
	enum kg_language language;
	const char *command; /* what made it, for the figure's metadata; NULL = not said */
	bool with_script;    /* also leave .gp and .csv beside the figure */
};

#endif
