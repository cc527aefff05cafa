set encoding utf8
set print '-'
$data << END_OF_DATA
2015 10.2 14.3
2016 11.3 15.6


2018 13 0 4.7


2015 17 21
2016 15.4 19.1
2017 15.1 18.7
2018 14.2 17.7


2015 -4 -1
2016 0.2 2.9
2017 2.3 5.4
2018 4.5 7.8


2015 12.1
2016 13.4

2018 15.2


2015 12.1
2016 13.4
2018 15.2


2015 18.9
2016 17.2
2017 16.8
2018 15.9


2015 18.9
2016 17.2
2017 16.8
2018 15.9


2015 -2.5
2016 1.5
2017 3.8
2018 6.1


2015 -2.5
2016 1.5
2017 3.8
2018 6.1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Lạc Sơn falls, Kim Bôi rises' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Rate, 2015–2018' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. Bands: Low to High. Rows without a value: 1. n = 11.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0430152
set rmargin at screen 0.865696
set bmargin at screen 0.134663
set tmargin at screen 0.849958
set border 1 back lc rgb '#888888' lw 1
set xrange [2014.94:2018.06]
set xtics nomirror out scale 0.4 ('' 2015, '' 2016, '' 2017, '' 2018)
set grid noxtics
set yrange [-5:25]
set ytics nomirror out scale 0 ('' -5, '' 0, '' 5, '' 10, '' 15, '' 20, '' 25)
set grid ytics
set label 4 '2015' at screen 0.058836,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '2016' at screen 0.322516,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '2017' at screen 0.586196,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '2018' at screen 0.849875,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '−5' at screen 0.0338967,0.134663 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '0' at screen 0.0338967,0.253879 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '5' at screen 0.0338967,0.373095 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '10' at screen 0.0338967,0.492311 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '15' at screen 0.0338967,0.611527 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '20' at screen 0.0338967,0.730743 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '25' at screen 0.0338967,0.849958 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 'Kim Bôi 6.1' at screen 0.877854,0.399323 left font 'Noto Sans:Bold,12' textcolor rgb '#009e73' front
set label 16 'Đà Bắc 15.2' at screen 0.877854,0.606685 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
set arrow 1 from screen 0.855954,0.616295 to screen 0.874815,0.606685 nohead lc rgb '#a8a8a8' lw 0.6
set label 17 'Lạc Sơn 15.9' at screen 0.877854,0.642596 left font 'Noto Sans:Bold,12' textcolor rgb '#d55e00' front
set arrow 2 from screen 0.855954,0.632986 to screen 0.874815,0.642596 nohead lc rgb '#a8a8a8' lw 0.6
plot $data index 0 using 1:2:3 with filledcurves fc rgb '#0072b2' fs transparent solid 0.2 noborder notitle, \
  $data index 1 using 1:2:3:4 with vectors nohead lc rgb '#0072b2' lw 1.2 notitle, \
  $data index 2 using 1:2:3 with filledcurves fc rgb '#d55e00' fs transparent solid 0.2 noborder notitle, \
  $data index 3 using 1:2:3 with filledcurves fc rgb '#009e73' fs transparent solid 0.2 noborder notitle, \
  $data index 4 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle, \
  $data index 5 using 1:2 with points pt 7 ps 0.45 lc rgb '#0072b2' notitle, \
  $data index 6 using 1:2 with lines lc rgb '#d55e00' lw 2 dt 1 notitle, \
  $data index 7 using 1:2 with points pt 5 ps 0.45 lc rgb '#d55e00' notitle, \
  $data index 8 using 1:2 with lines lc rgb '#009e73' lw 2 dt 1 notitle, \
  $data index 9 using 1:2 with points pt 9 ps 0.45 lc rgb '#009e73' notitle
unset output
print 'points ', STATS_records
