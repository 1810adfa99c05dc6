"""Provinces of Korea and China, which the gazetteer of cities lacks: written for this project, no source but the map."""

from __future__ import annotations

from typing import Final

PROVINCES: Final = """
京畿道|Gyeonggi-do|경기도
京畿|Gyeonggi|경기
江原道|Gangwon-do|강원도
江原|Gangwon|강원
江原特别自治道|Gangwon State|강원특별자치도
忠清北道|Chungcheongbuk-do|충청북도
忠清北道|North Chungcheong|충북
忠清南道|Chungcheongnam-do|충청남도
忠清南道|South Chungcheong|충남
忠清|Chungcheong|충청
全罗北道|Jeollabuk-do|전라북도
全罗北道|North Jeolla|전북
全罗南道|Jeollanam-do|전라남도
全罗南道|South Jeolla|전남
全罗|Jeolla|전라
庆尚北道|Gyeongsangbuk-do|경상북도
庆尚北道|North Gyeongsang|경북
庆尚南道|Gyeongsangnam-do|경상남도
庆尚南道|South Gyeongsang|경남
庆尚|Gyeongsang|경상
济州|Jeju|제주
济州特别自治道|Jeju-do|제주도
首尔|Seoul|서울
首尔特别市|Seoul Special City|서울특별시
首尔市|Seoul City|서울시
仁川|Incheon|인천
仁川广域市|Incheon Metropolitan City|인천광역시
釜山|Busan|부산
釜山广域市|Busan Metropolitan City|부산광역시
大邱|Daegu|대구
大邱广域市|Daegu Metropolitan City|대구광역시
光州|Gwangju|광주
光州广域市|Gwangju Metropolitan City|광주광역시
大田|Daejeon|대전
大田广域市|Daejeon Metropolitan City|대전광역시
蔚山|Ulsan|울산
蔚山广域市|Ulsan Metropolitan City|울산광역시
世宗|Sejong|세종
山东|Shandong|산둥
山东|Shandong|산동
山东省|Shandong Province|산둥성
江苏|Jiangsu|장쑤
江苏省|Jiangsu Province|장쑤성
浙江|Zhejiang|저장
浙江省|Zhejiang Province|저장성
广东|Guangdong|광둥
广东省|Guangdong Province|광둥성
福建|Fujian|푸젠
福建省|Fujian Province|푸젠성
辽宁|Liaoning|랴오닝
辽宁省|Liaoning Province|랴오닝성
吉林|Jilin|지린
吉林省|Jilin Province|지린성
黑龙江|Heilongjiang|헤이룽장
黑龙江省|Heilongjiang Province|헤이룽장성
河北|Hebei|허베이
河北省|Hebei Province|허베이성
河南|Henan|허난
河南省|Henan Province|허난성
山西|Shanxi|산시
陕西|Shaanxi|산시
陕西省|Shaanxi Province|산시성
湖北|Hubei|후베이
湖北省|Hubei Province|후베이성
湖南|Hunan|후난
湖南省|Hunan Province|후난성
安徽|Anhui|안후이
安徽省|Anhui Province|안후이성
江西|Jiangxi|장시
江西省|Jiangxi Province|장시성
四川|Sichuan|쓰촨
四川省|Sichuan Province|쓰촨성
云南|Yunnan|윈난
云南省|Yunnan Province|윈난성
贵州|Guizhou|구이저우
贵州省|Guizhou Province|구이저우성
海南|Hainan|하이난
海南省|Hainan Province|하이난성
甘肃|Gansu|간쑤
青海|Qinghai|칭하이
台湾|Taiwan|대만
台湾|Taiwan|타이완
内蒙古|Inner Mongolia|내몽골
广西|Guangxi|광시
西藏|Tibet|티베트
宁夏|Ningxia|닝샤
新疆|Xinjiang|신장
北京|Beijing|베이징
上海|Shanghai|상하이
天津|Tianjin|톈진
重庆|Chongqing|충칭
香港|Hong Kong|홍콩
澳门|Macau|마카오
延边|Yanbian|연변
延边|Yanbian|옌볜
中国|China|중국
韩国|South Korea|한국
韩国|South Korea|대한민국
朝鲜|North Korea|북한
日本|Japan|일본
"""
"""One province or short form a line: Chinese, English, Korean."""
