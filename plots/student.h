/* student: the quantiles that bands and intervals of figures need. */
#ifndef KG_PLOTS_STUDENT_H
#define KG_PLOTS_STUDENT_H

/* The level that figures have unless another is asked for. */
#define KG_LEVEL_USUAL 0.95

/* Half width, in standard errors, of an interval of this level (0 to 1): normal distribution, to rounding. */
double kg_normal_half_width(double level);

/* The same for Student's t with `df` >= 1 degrees of freedom (Hill 1970, Algorithm 396), to 4 digits or better: for
 * drawing. NaN below one degree of freedom. */
double kg_student_half_width(double level, double df);

#endif
