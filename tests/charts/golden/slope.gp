set encoding utf8
set print '-'
$data << END_OF_DATA
2015 12.1
2018 15.2


2015 12.1
2018 15.2


2015 18.9
2018 15.9


2015 18.9
2018 15.9


2015 -2.5
2018 6.1


2015 -2.5
2018 6.1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Rate by place' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Rate, 2015–2018' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. n = 6.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0616839
set rmargin at screen 0.865696
set bmargin at screen 0.134663
set tmargin at screen 0.849958
set border 0 back lc rgb '#888888' lw 1
set xrange [2015:2018]
unset xtics
set yrange [-2.5:18.9]
unset ytics
set label 4 '2015' at screen 0.0616839,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '2018' at screen 0.865696,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set arrow 1 from screen 0.0616839,0.134663 to screen 0.0616839,0.849958 nohead lc rgb '#e4e4e4' lw 1 back
set arrow 2 from screen 0.865696,0.134663 to screen 0.865696,0.849958 nohead lc rgb '#e4e4e4' lw 1 back
set label 6 '−2.5' at screen 0.0495258,0.152618 right font 'Noto Sans:Bold,12' textcolor rgb '#009e73' front
set arrow 3 from screen 0.0556049,0.134663 to screen 0.0525653,0.152618 nohead lc rgb '#a8a8a8' lw 0.6
set label 7 '12.1' at screen 0.0495258,0.622668 right font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
set label 8 '18.9' at screen 0.0495258,0.849958 right font 'Noto Sans:Bold,12' textcolor rgb '#d55e00' front
set label 9 '6.1 Kim Bôi' at screen 0.877854,0.422118 left font 'Noto Sans:Bold,12' textcolor rgb '#009e73' front
set label 10 '15.2 Đà Bắc' at screen 0.877854,0.72003 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
set label 11 '15.9 Lạc Sơn' at screen 0.877854,0.75594 left font 'Noto Sans:Bold,12' textcolor rgb '#d55e00' front
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 1 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle, \
  $data index 2 using 1:2 with lines lc rgb '#d55e00' lw 2 dt 1 notitle, \
  $data index 3 using 1:2 with points pt 5 ps 0.45 lc rgb '#d55e00' notitle, \
  $data index 4 using 1:2 with lines lc rgb '#009e73' lw 2 dt 1 notitle, \
  $data index 5 using 1:2 with points pt 9 ps 0.45 lc rgb '#009e73' notitle
unset output
print 'points ', STATS_records
