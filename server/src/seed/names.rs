//! Invented names, put together from common surnames and syllables.

use super::chance::Chance;

const SURNAMES: [&str; 60] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田",
    "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "卢", "姚",
    "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "顾",
];

const FIRST: [&str; 48] = [
    "思", "佳", "嘉", "文", "子", "雨", "晓", "建", "志", "国", "明", "海", "春", "秀", "玉", "淑", "俊",
    "立", "永", "天", "书", "诗", "静", "若", "一", "梓", "浩", "宇", "欣", "怡", "慧", "晨", "少", "景",
    "启", "云", "新", "振", "家", "美", "红", "丽", "学", "成", "安", "世", "宏", "锦",
];

const SECOND: [&str; 48] = [
    "远", "宁", "怡", "敏", "华", "强", "军", "伟", "芳", "娟", "英", "兰", "平", "杰", "涛", "磊", "勇",
    "艳", "玲", "梅", "琴", "霞", "辉", "刚", "鹏", "飞", "宇", "轩", "涵", "萱", "瑶", "琪", "晴", "悦",
    "毅", "峰", "龙", "群", "云", "凤", "洁", "雯", "倩", "婷", "斌", "博", "昊", "然",
];

/// A name of two or three characters.
pub(super) fn name(chance: &mut Chance) -> String {
    let surname = chance.one(&SURNAMES);
    let second = chance.one(&SECOND);
    if chance.happens(0.22) {
        format!("{surname}{second}")
    } else {
        format!("{surname}{}{second}", chance.one(&FIRST))
    }
}

/// A name with the surname of another.
pub(super) fn relative(chance: &mut Chance, of: &str) -> String {
    let surname: String = of.chars().take(1).collect();
    loop {
        let name = format!("{surname}{}{}", chance.one(&FIRST), chance.one(&SECOND));
        if name != of {
            return name;
        }
    }
}
