/* student: the quantile of Student's t that bands of fitted lines need. */
#ifndef KG_PLOTS_STUDENT_H
#define KG_PLOTS_STUDENT_H

/* 97.5% point of the standard normal distribution. */
#define KG_NORMAL_975 1.959963984540054

/* 97.5% point of Student's t with `df` >= 1 degrees of freedom (Hill 1970, Algorithm 396), to 5 digits or better: for
 * drawing. NaN below one degree of freedom. */
double kg_student_975(double df);

#endif
