set encoding utf8
set print '-'
$data << END_OF_DATA
0 0
3.99756330808 0
3.99756330808 4
0 4
0 0


4.9969541351 0
5.99634496211 0
5.99634496211 1
4.9969541351 1
4.9969541351 0

4.9969541351 3
5.99634496211 3
5.99634496211 4
4.9969541351 4
4.9969541351 3


4.9969541351 1.5
5.99634496211 1.5
5.99634496211 2.5
4.9969541351 2.5
4.9969541351 1.5


0.999390827019 1
2.99817248106 1
2.99817248106 3
0.999390827019 3
0.999390827019 1


0.999390827019 1
2.99817248106 1
2.99817248106 3
0.999390827019 3
0.999390827019 1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 317,400 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Value' at screen 0.0252366,0.962083 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Source: squares.csv. Not on the map (1): nowhere.' at screen 0.0252366,0.07625 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 3 'No data (1): d. n = 4.' at screen 0.0252366,0.03875 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0252366
set rmargin at screen 0.952905
set bmargin at screen 0.41375
set tmargin at screen 0.904167
set border 0 back lc rgb '#888888' lw 1
set xrange [0:5.99634496211]
unset xtics
set yrange [0:4]
unset ytics
set label 4 '' at screen 0.0410095,0.374688 point pt 5 ps 1 lc rgb '#004a78' front
set label 5 '31–40 (1)' at screen 0.0757098,0.374688 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '' at screen 0.0410095,0.331562 point pt 5 ps 1 lc rgb '#2479b3' front
set label 7 '22–31 (1)' at screen 0.0757098,0.331562 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '' at screen 0.0410095,0.288438 point pt 5 ps 1 lc rgb '#66a5cf' front
set label 9 '13–22 (0)' at screen 0.0757098,0.288438 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '' at screen 0.0410095,0.245312 point pt 5 ps 1 lc rgb '#a8cbe3' front
set label 11 '9–13 (1)' at screen 0.0757098,0.245312 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '' at screen 0.0410095,0.202187 point pt 5 ps 1 lc rgb '#dbe9f3' front
set label 13 '7–9 (0)' at screen 0.0757098,0.202187 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '' at screen 0.0410095,0.159062 point pt 5 ps 1 lc rgb '#d0d0d0' front
set label 15 'no data (1)' at screen 0.0757098,0.159062 left font 'Noto Sans,12' textcolor rgb '#444444' front
plot $data index 0 using 1:2 with filledcurves closed fc rgb '#a8cbe3' fs solid 1 noborder notitle, \
  $data index 0 using 1:2 with lines lc rgb '#ffffff' lw 0.6 notitle, \
  $data index 1 using 1:2 with filledcurves closed fc rgb '#004a78' fs solid 1 noborder notitle, \
  $data index 1 using 1:2 with lines lc rgb '#ffffff' lw 0.6 notitle, \
  $data index 2 using 1:2 with filledcurves closed fc rgb '#d0d0d0' fs solid 1 noborder notitle, \
  $data index 2 using 1:2 with lines lc rgb '#ffffff' lw 0.6 notitle, \
  $data index 3 using 1:2 with filledcurves closed fc rgb '#ffffff' fs solid 1 noborder notitle, \
  $data index 3 using 1:2 with lines lc rgb '#ffffff' lw 0.6 notitle, \
  $data index 4 using 1:2 with filledcurves closed fc rgb '#2479b3' fs solid 1 noborder notitle, \
  $data index 4 using 1:2 with lines lc rgb '#ffffff' lw 0.6 notitle
unset output
print 'points ', STATS_records
